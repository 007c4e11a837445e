<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>CommentRow</name>
    <message>
        <source>Will be sent when the server answers.</source>
        <translation>服务器恢复后会自动发送。</translation>
    </message>
    <message>
        <source>Will be sent when you have signed in again.</source>
        <translation>重新登录后会自动发送。</translation>
    </message>
    <message>
        <source>Will be tried again. %1</source>
        <translation>稍后会再次尝试。%1</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待发送</translation>
    </message>
    <message>
        <source>Somebody</source>
        <translation>某位用户</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Sending</source>
        <translation>正在发送</translation>
    </message>
    <message>
        <source>Not sent</source>
        <translation>未发送</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>发送中…</translation>
    </message>
    <message>
        <source>Not sent. The server&apos;s words: “%1”</source>
        <translation>未发送。服务器说：“%1”</translation>
    </message>
    <message>
        <source>Not sent. Your text is kept here.</source>
        <translation>未发送，内容已保留。</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>重新发送</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Delete my comment</source>
        <translation>删除我的评论</translation>
    </message>
    <message>
        <source>Profile of %1</source>
        <translation>%1 的主页</translation>
    </message>
</context>
<context>
    <name>CommentsPane</name>
    <message>
        <source>The other comments could not be loaded.</source>
        <translation>其他评论未能加载。</translation>
    </message>
    <message>
        <source>Comments</source>
        <translation>评论</translation>
    </message>
    <message numerus="yes">
        <source>%n comment(s)</source>
        <translation>
            <numerusform>%n 条评论</numerusform>
        </translation>
    </message>
    <message>
        <source>Close the comments</source>
        <translation>关闭评论</translation>
    </message>
    <message>
        <source>Comments, newest first</source>
        <translation>评论，最新在前</translation>
    </message>
    <message>
        <source>Loading comments</source>
        <translation>正在加载评论</translation>
    </message>
    <message>
        <source>Nobody has said anything yet</source>
        <translation>还没有人评论</translation>
    </message>
    <message>
        <source>Be the first to say something.</source>
        <translation>来抢第一条评论吧。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Say something nice</source>
        <translation>友善地说点什么</translation>
    </message>
    <message>
        <source>Write a comment</source>
        <translation>写评论</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message numerus="yes">
        <source>%n character(s) left</source>
        <translation>
            <numerusform>还可以写 %n 个字</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n character(s) too many</source>
        <translation>
            <numerusform>超出 %n 个字</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UndoBar</name>
    <message>
        <source>Comment deleted</source>
        <translation>评论已删除</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
</context>
</TS>
