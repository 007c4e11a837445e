<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>ActivityPage</name>
    <message>
        <source>Nobody is signed in</source>
        <translation>尚未登录</translation>
    </message>
    <message>
        <source>What an account did and has not reached the server stays on this device. It is sent when the account signs in again.</source>
        <translation>账号还没有送达服务器的操作会保留在此设备上，该账号重新登录后会继续发送。</translation>
    </message>
    <message>
        <source>The list of what waited was damaged. It is kept at %1, and a new one was begun.</source>
        <translation>待发送列表已损坏。原文件保存在 %1，并已新建一份。</translation>
    </message>
    <message>
        <source>A newer TikGok wrote the list of what waits. It is left alone; what you do now is lost when TikGok closes before it is sent.</source>
        <translation>待发送列表由更新版本的 TikGok 写入，不会改动它。现在的操作若在发送前关闭 TikGok 就会丢失。</translation>
    </message>
    <message>
        <source>This device cannot store anything at the moment. What you do now is lost when TikGok closes before it is sent.</source>
        <translation>此设备暂时无法存储。现在的操作若在发送前关闭 TikGok 就会丢失。</translation>
    </message>
    <message>
        <source>Not done</source>
        <translation>未完成</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>操作记录</translation>
    </message>
    <message>
        <source>Try all</source>
        <translation>全部重试</translation>
    </message>
    <message>
        <source>What you did</source>
        <translation>你的操作</translation>
    </message>
    <message>
        <source>Nothing waits</source>
        <translation>没有待发送的内容</translation>
    </message>
    <message>
        <source>What waited before is left to the newer TikGok.</source>
        <translation>之前待发送的内容留给更新版本的 TikGok 处理。</translation>
    </message>
    <message>
        <source>What waited before is in the list that was put aside.</source>
        <translation>之前待发送的内容在那份已另存的列表里。</translation>
    </message>
    <message>
        <source>What waited before cannot be read at the moment.</source>
        <translation>之前待发送的内容暂时无法读取。</translation>
    </message>
    <message>
        <source>Nothing new waits</source>
        <translation>没有新的待发送内容</translation>
    </message>
    <message>
        <source>Likes, follows, comments, messages and uploads are listed here: what waits, what failed and what arrived.</source>
        <translation>点赞、关注、评论、私信和上传都会列在这里：待发送的、失败的和已送达的。</translation>
    </message>
</context>
<context>
    <name>ActivityRow</name>
    <message>
        <source>Like on “%1”</source>
        <translation>点赞《%1》</translation>
    </message>
    <message>
        <source>Like</source>
        <translation>点赞</translation>
    </message>
    <message>
        <source>Like taken back on “%1”</source>
        <translation>取消点赞《%1》</translation>
    </message>
    <message>
        <source>Like taken back</source>
        <translation>取消点赞</translation>
    </message>
    <message>
        <source>Follow %1</source>
        <translation>关注 %1</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>关注</translation>
    </message>
    <message>
        <source>Unfollow %1</source>
        <translation>取消关注 %1</translation>
    </message>
    <message>
        <source>Unfollow</source>
        <translation>取消关注</translation>
    </message>
    <message>
        <source>Comment on “%1”</source>
        <translation>评论《%1》</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>评论</translation>
    </message>
    <message>
        <source>Delete a comment on “%1”</source>
        <translation>删除《%1》下的评论</translation>
    </message>
    <message>
        <source>Delete a comment</source>
        <translation>删除评论</translation>
    </message>
    <message>
        <source>Message to %1</source>
        <translation>发给 %1 的私信</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>私信</translation>
    </message>
    <message>
        <source>Video “%1”</source>
        <translation>视频《%1》</translation>
    </message>
    <message>
        <source>Video without a title</source>
        <translation>无标题视频</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>%1. %2</source>
        <translation>%1。%2</translation>
    </message>
    <message>
        <source>On its way…</source>
        <translation>正在发送…</translation>
    </message>
    <message>
        <source>Looking whether it arrived…</source>
        <translation>正在确认是否已送达…</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Waits until you have signed in again</source>
        <translation>等你重新登录后发送</translation>
    </message>
    <message>
        <source>%1. Next try in %2</source>
        <translation>%1，%2 后重试</translation>
    </message>
    <message>
        <source>%1. Next try in a moment</source>
        <translation>%1，即将重试</translation>
    </message>
    <message>
        <source>Waits for its turn</source>
        <translation>排队等待</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>This device could not keep it: it is lost when TikGok closes.</source>
        <translation>此设备未能保存它：关闭 TikGok 后就会丢失。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>立即重试</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>Done. This server answers yes to comments and keeps none of them</source>
        <translation>已完成。此服务器会接受评论，但不会保存</translation>
    </message>
</context>
<context>
    <name>DiscardSheet</name>
    <message>
        <source>Discard this?</source>
        <translation>要丢弃吗？</translation>
    </message>
    <message>
        <source>It is not on the server as far as is known, and nowhere else on this device.</source>
        <translation>据目前所知它不在服务器上，此设备上也没有别的副本。</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>It may have reached the server already: then it stays there. On this device it is nowhere else.</source>
        <translation>它可能已经到达服务器，如果是这样就会留在那里。此设备上没有别的副本。</translation>
    </message>
</context>
</TS>
