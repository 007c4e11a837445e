<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>ActionColumn</name>
    <message numerus="yes">
        <source>Take back like, %n like(s)</source>
        <translation>
            <numerusform>取消点赞，%n 个赞</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Like, %n like(s)</source>
        <translation>
            <numerusform>点赞，%n 个赞</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Comments, %n comment(s)</source>
        <translation>
            <numerusform>评论，%n 条</numerusform>
        </translation>
    </message>
    <message>
        <source>Copy the link to this video</source>
        <translation>复制视频链接</translation>
    </message>
    <message>
        <source>More: speed, clear view</source>
        <translation>更多：倍速、清屏</translation>
    </message>
</context>
<context>
    <name>AuthorButton</name>
    <message>
        <source>Unknown author</source>
        <translation>未知作者</translation>
    </message>
    <message>
        <source>Profile of %1</source>
        <translation>%1 的主页</translation>
    </message>
    <message>
        <source>Follow %1</source>
        <translation>关注 %1</translation>
    </message>
</context>
<context>
    <name>FeedPage</name>
    <message>
        <source>Link copied</source>
        <translation>链接已复制</translation>
    </message>
    <message>
        <source>Videos</source>
        <translation>视频</translation>
    </message>
    <message>
        <source>Video %1 of %2. %3</source>
        <translation>第 %1 个视频，共 %2 个。%3</translation>
    </message>
    <message>
        <source>End of the videos</source>
        <translation>没有更多视频了</translation>
    </message>
    <message>
        <source>Sound on</source>
        <translation>打开声音</translation>
    </message>
    <message>
        <source>Sound off</source>
        <translation>静音</translation>
    </message>
    <message>
        <source>The built-in server did not start</source>
        <translation>内置服务器没有启动</translation>
    </message>
    <message>
        <source>No videos yet</source>
        <translation>还没有视频</translation>
    </message>
    <message>
        <source>Nothing is lost. Another copy of TikGok may be using its data, or its folder takes nothing: see to that and try again.</source>
        <translation>没有丢失任何内容。可能有另一个 TikGok 正在使用这些数据，或者存放数据的文件夹无法写入：处理好之后再试一次。</translation>
    </message>
    <message>
        <source>Nobody has published anything on this server. Look again later.</source>
        <translation>这个服务器上还没有人发布视频，过会儿再来看看。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>再看看</translation>
    </message>
    <message>
        <source>Clear view. Press and hold the video, or Escape, to come back.</source>
        <translation>已清屏。长按视频或按 Esc 恢复。</translation>
    </message>
    <message>
        <source>This server shows videos only to those who have an account.</source>
        <translation>这台服务器只对登录用户展示视频。</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Sign in to see this</source>
        <translation>登录后查看</translation>
    </message>
    <message>
        <source>Sign in or register</source>
        <translation>登录或注册</translation>
    </message>
</context>
<context>
    <name>FeedSkeleton</name>
    <message>
        <source>Loading videos</source>
        <translation>正在加载视频</translation>
    </message>
</context>
<context>
    <name>PlaybackMenu</name>
    <message>
        <source>Sound</source>
        <translation>声音</translation>
    </message>
    <message>
        <source>Save the video as a file</source>
        <translation>保存视频到文件</translation>
    </message>
    <message>
        <source>Saving… Press to stop</source>
        <translation>正在保存…点按停止</translation>
    </message>
    <message>
        <source>Saving, %1%. Press to stop</source>
        <translation>正在保存，已完成 %1%。点按停止</translation>
    </message>
    <message>
        <source>For yourself: it belongs to whoever made it</source>
        <translation>仅供自己使用：作品归作者所有</translation>
    </message>
    <message>
        <source>Playback</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>倍速</translation>
    </message>
    <message>
        <source>Clear view</source>
        <translation>清屏</translation>
    </message>
    <message>
        <source>Only the video, nothing over it</source>
        <translation>只看视频，隐藏其他内容</translation>
    </message>
    <message>
        <source>Go on by itself</source>
        <translation>自动连播</translation>
    </message>
    <message>
        <source>To the next video when one has ended</source>
        <translation>放完一个接着放下一个</translation>
    </message>
    <message>
        <source>Copy the link to this video</source>
        <translation>复制视频链接</translation>
    </message>
</context>
<context>
    <name>SeekBar</name>
    <message>
        <source>Position in the video</source>
        <translation>播放进度</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1，共 %2</translation>
    </message>
</context>
<context>
    <name>TailPage</name>
    <message>
        <source>You have seen everything</source>
        <translation>全部看完了</translation>
    </message>
    <message>
        <source>That was the last video for now. New ones will be at the top.</source>
        <translation>这是最后一个视频。新视频会出现在最前面。</translation>
    </message>
    <message>
        <source>Start over</source>
        <translation>从头再看</translation>
    </message>
    <message>
        <source>The next videos do not load</source>
        <translation>后面的视频加载失败</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Loading more videos</source>
        <translation>正在加载更多视频</translation>
    </message>
    <message numerus="yes">
        <source>The videos of %n person(s) did not come</source>
        <translation>
            <numerusform>有 %n 个人的视频没有加载出来</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>VideoErrorText</name>
    <message>
        <source>This video does not load</source>
        <translation>视频加载失败</translation>
    </message>
    <message>
        <source>This video is not there any more</source>
        <translation>视频已不存在</translation>
    </message>
    <message>
        <source>This video is in a format that cannot be played here</source>
        <translation>这种视频格式无法播放</translation>
    </message>
    <message>
        <source>This video is damaged</source>
        <translation>视频文件已损坏</translation>
    </message>
    <message>
        <source>This video cannot be played</source>
        <translation>视频无法播放</translation>
    </message>
    <message>
        <source>The connection broke off. Try again, or swipe on to the next one.</source>
        <translation>连接中断了。可以重试，或者看下一个。</translation>
    </message>
    <message>
        <source>It may have been deleted, or the server is still preparing it. Swipe on, or try again later.</source>
        <translation>它可能已被删除，或服务器还在处理。先看下一个，或稍后再试。</translation>
    </message>
    <message>
        <source>The other videos are not affected. Swipe on to the next one.</source>
        <translation>其他视频不受影响，请看下一个。</translation>
    </message>
</context>
<context>
    <name>VideoInfo</name>
    <message>
        <source>Unknown author</source>
        <translation>未知作者</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>VideoPage</name>
    <message>
        <source>Loading the video</source>
        <translation>正在加载视频</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
</context>
</TS>
