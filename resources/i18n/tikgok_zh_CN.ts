<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AccountCard</name>
    <message>
        <source>Looking for your last session…</source>
        <translation>正在恢复上次的登录…</translation>
    </message>
    <message>
        <source>Welcome back, %1</source>
        <translation>%1，欢迎回来</translation>
    </message>
    <message>
        <source>Say what you like</source>
        <translation>喜欢，就说出来</translation>
    </message>
    <message>
        <source>The server has ended your session. Sign in again and everything goes on.</source>
        <translation>服务器结束了你的登录。重新登录后一切照旧。</translation>
    </message>
    <message>
        <source>With an account you can like videos and write comments. Watching works without one.</source>
        <translation>登录后可以点赞和评论。只看视频不需要账号。</translation>
    </message>
    <message>
        <source>Sign in or register</source>
        <translation>登录或注册</translation>
    </message>
    <message>
        <source>Signed in</source>
        <translation>已登录</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>退出登录</translation>
    </message>
</context>
<context>
    <name>ActionColumn</name>
    <message numerus="yes">
        <source>Take back like, %n like(s)</source>
        <translation><numerusform>取消点赞，%n 个赞</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Like, %n like(s)</source>
        <translation><numerusform>点赞，%n 个赞</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Comments, %n comment(s)</source>
        <translation><numerusform>评论，%n 条</numerusform></translation>
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
        <source>About %1</source>
        <translation>关于 %1</translation>
    </message>
    <message>
        <source>Unknown author</source>
        <translation>未知作者</translation>
    </message>
</context>
<context>
    <name>AuthorSheet</name>
    <message>
        <source>About the author</source>
        <translation>关于作者</translation>
    </message>
    <message>
        <source>Says nothing about themselves</source>
        <translation>还没有写简介</translation>
    </message>
</context>
<context>
    <name>Avatar</name>
    <message>
        <source>Picture of %1</source>
        <translation>%1 的头像</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Dismiss this notice</source>
        <translation>关闭提示</translation>
    </message>
</context>
<context>
    <name>BottomBar</name>
    <message>
        <source>Navigation</source>
        <translation>导航</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>首页</translation>
    </message>
    <message>
        <source>Me</source>
        <translation>我</translation>
    </message>
</context>
<context>
    <name>Brand</name>
    <message>
        <source>TikGok</source>
        <translation>TikGok</translation>
    </message>
</context>
<context>
    <name>CommentRow</name>
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
</context>
<context>
    <name>CommentsPane</name>
    <message>
        <source>Comments</source>
        <translation>评论</translation>
    </message>
    <message numerus="yes">
        <source>%n comment(s)</source>
        <translation><numerusform>%n 条评论</numerusform></translation>
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
        <translation><numerusform>还可以写 %n 个字</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n character(s) too many</source>
        <translation><numerusform>超出 %n 个字</numerusform></translation>
    </message>
</context>
<context>
    <name>Counters</name>
    <message>
        <source>Works</source>
        <translation>作品</translation>
    </message>
    <message>
        <source>Followers</source>
        <translation>粉丝</translation>
    </message>
    <message>
        <source>Following</source>
        <translation>关注</translation>
    </message>
    <message>
        <source>Likes</source>
        <translation>获赞</translation>
    </message>
</context>
<context>
    <name>ErrorText</name>
    <message>
        <source>No connection</source>
        <translation>没有网络连接</translation>
    </message>
    <message>
        <source>The server is slow to answer</source>
        <translation>服务器响应太慢</translation>
    </message>
    <message>
        <source>You are signed out</source>
        <translation>登录已失效</translation>
    </message>
    <message>
        <source>Not there any more</source>
        <translation>内容已不存在</translation>
    </message>
    <message>
        <source>Too much at once</source>
        <translation>操作太频繁</translation>
    </message>
    <message>
        <source>The server is in trouble</source>
        <translation>服务器出了问题</translation>
    </message>
    <message>
        <source>This device cannot store that</source>
        <translation>本机无法保存</translation>
    </message>
    <message>
        <source>Too large</source>
        <translation>内容太大</translation>
    </message>
    <message>
        <source>That does not work yet</source>
        <translation>还不能这样提交</translation>
    </message>
    <message>
        <source>The server said no</source>
        <translation>服务器拒绝了请求</translation>
    </message>
    <message>
        <source>TikGok cannot reach the server. Check the network and try again.</source>
        <translation>TikGok 连不上服务器。请检查网络后重试。</translation>
    </message>
    <message>
        <source>No answer came in time. Try again in a moment.</source>
        <translation>没有及时收到回复，请稍后重试。</translation>
    </message>
    <message>
        <source>Sign in again; nothing that you typed is lost.</source>
        <translation>请重新登录，你输入的内容都还在。</translation>
    </message>
    <message>
        <source>It may have been deleted in the meantime.</source>
        <translation>它可能刚刚被删除了。</translation>
    </message>
    <message>
        <source>The server asks for a short break. Try again in a moment.</source>
        <translation>服务器请你稍等片刻，再试一次。</translation>
    </message>
    <message>
        <source>Its answer could not be used. This is not your fault; try again later.</source>
        <translation>服务器的回复无法使用。这不是你的问题，请稍后再试。</translation>
    </message>
    <message>
        <source>Make some room on the disk and try again.</source>
        <translation>请腾出一些磁盘空间后重试。</translation>
    </message>
    <message>
        <source>The server takes nothing of that size.</source>
        <translation>服务器不接受这么大的内容。</translation>
    </message>
    <message>
        <source>It is empty or too long.</source>
        <translation>内容为空或太长。</translation>
    </message>
    <message>
        <source>It gave no reason that could be shown here.</source>
        <translation>服务器没有说明原因。</translation>
    </message>
    <message>
        <source>%1 The server&apos;s words: “%2”</source>
        <translation>%1 服务器说：“%2”</translation>
    </message>
    <message>
        <source>The server&apos;s words: “%1”</source>
        <translation>服务器说：“%1”</translation>
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
        <source>Nothing is lost. Close other copies of TikGok and try again.</source>
        <translation>没有丢失任何内容。请关闭其他 TikGok 窗口后重试。</translation>
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
</context>
<context>
    <name>FeedSkeleton</name>
    <message>
        <source>Loading videos</source>
        <translation>正在加载视频</translation>
    </message>
</context>
<context>
    <name>Field</name>
    <message>
        <source>Hide password</source>
        <translation>隐藏密码</translation>
    </message>
    <message>
        <source>Show password</source>
        <translation>显示密码</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>TikGok</source>
        <translation>TikGok</translation>
    </message>
    <message>
        <source>Welcome, %1</source>
        <translation>欢迎，%1</translation>
    </message>
    <message>
        <source>Your comment was not sent. It is kept in the list. %1</source>
        <translation>评论没有发出，已保留在列表中。%1</translation>
    </message>
    <message>
        <source>The comment could not be deleted and is back. %1</source>
        <translation>评论没能删除，已恢复。%1</translation>
    </message>
    <message>
        <source>Your like could not be saved and was taken back. %1</source>
        <translation>点赞没有成功，已撤回。%1</translation>
    </message>
    <message>
        <source>Built in</source>
        <translation>内置</translation>
    </message>
    <message>
        <source>Remote</source>
        <translation>远程</translation>
    </message>
    <message>
        <source>No system keychain: you stay signed in until TikGok closes.</source>
        <translation>系统钥匙串不可用：登录会保持到 TikGok 关闭。</translation>
    </message>
</context>
<context>
    <name>MePage</name>
    <message>
        <source>Me</source>
        <translation>我</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>System</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>文字大小</translation>
    </message>
    <message>
        <source>%1%</source>
        <translation>%1%</translation>
    </message>
    <message>
        <source>Reduced motion</source>
        <translation>减少动态效果</translation>
    </message>
    <message>
        <source>Things appear instead of moving</source>
        <translation>内容直接出现，不再移动</translation>
    </message>
    <message>
        <source>Playback</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>静音</translation>
    </message>
    <message>
        <source>Videos play without sound</source>
        <translation>播放视频时不出声</translation>
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
        <source>About</source>
        <translation>关于</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
</context>
<context>
    <name>NavigationRail</name>
    <message>
        <source>Navigation</source>
        <translation>导航</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>首页</translation>
    </message>
    <message>
        <source>Me</source>
        <translation>我</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
</context>
<context>
    <name>PlaybackMenu</name>
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
    <name>Sheet</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>ShortcutsSheet</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Next video</source>
        <translation>下一个视频</translation>
    </message>
    <message>
        <source>Previous video</source>
        <translation>上一个视频</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>空格</translation>
    </message>
    <message>
        <source>Pause and go on</source>
        <translation>暂停、继续</translation>
    </message>
    <message>
        <source>Five seconds back or on</source>
        <translation>后退、前进五秒</translation>
    </message>
    <message>
        <source>Like, or take it back</source>
        <translation>点赞、取消点赞</translation>
    </message>
    <message>
        <source>Comments</source>
        <translation>评论</translation>
    </message>
    <message>
        <source>Sound on or off</source>
        <translation>打开、关闭声音</translation>
    </message>
    <message>
        <source>Clear view</source>
        <translation>清屏</translation>
    </message>
    <message>
        <source>Home, Me</source>
        <translation>首页、我</translation>
    </message>
    <message>
        <source>Close what is open</source>
        <translation>关闭当前面板</translation>
    </message>
    <message>
        <source>This table</source>
        <translation>打开本表</translation>
    </message>
</context>
<context>
    <name>SignInSheet</name>
    <message>
        <source>Create an account</source>
        <translation>注册账号</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>A name is needed</source>
        <translation>请填写用户名</translation>
    </message>
    <message>
        <source>A password is needed</source>
        <translation>请填写密码</translation>
    </message>
    <message numerus="yes">
        <source>At most %n character(s)</source>
        <translation><numerusform>最多 %n 个字</numerusform></translation>
    </message>
    <message>
        <source>That is not the password of this account</source>
        <translation>密码不对</translation>
    </message>
    <message>
        <source>This name is taken. Choose another, or sign in</source>
        <translation>用户名已被使用，请换一个，或直接登录</translation>
    </message>
    <message>
        <source>Nobody here has this name. Check it, or create an account</source>
        <translation>没有这个用户，请检查用户名，或注册账号</translation>
    </message>
    <message>
        <source>Your like is kept and happens as soon as you are in.</source>
        <translation>你的点赞已记下，登录后立即生效。</translation>
    </message>
    <message>
        <source>Your comment is kept and is sent as soon as you are in.</source>
        <translation>你的评论已保留，登录后自动发送。</translation>
    </message>
    <message>
        <source>The server has ended your session. Sign in again and everything goes on.</source>
        <translation>服务器结束了你的登录。重新登录后一切照旧。</translation>
    </message>
    <message>
        <source>Watching needs no account. Liking and commenting do.</source>
        <translation>看视频不需要账号，点赞和评论需要。</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>用户名</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Creating the account…</source>
        <translation>正在注册…</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>正在登录…</translation>
    </message>
    <message>
        <source>Create account</source>
        <translation>注册</translation>
    </message>
    <message>
        <source>I have an account: sign in</source>
        <translation>已有账号，去登录</translation>
    </message>
    <message>
        <source>New here? Create an account</source>
        <translation>还没有账号？注册一个</translation>
    </message>
    <message>
        <source>Only trying it out? The built-in server has demo people. Their password is “%1”.</source>
        <translation>只是试试看？内置服务器有演示用户，密码都是“%1”。</translation>
    </message>
    <message>
        <source>Fill in %1</source>
        <translation>填入 %1</translation>
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
