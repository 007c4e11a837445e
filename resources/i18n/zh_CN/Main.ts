<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Banners</name>
    <message>
        <source>%1 does not answer. What you do is kept.</source>
        <translation>%1 没有响应。你的操作都会保留。</translation>
    </message>
    <message>
        <source>The server does not answer. What you do is kept.</source>
        <translation>服务器没有响应。你的操作都会保留。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Another server</source>
        <translation>换个服务器</translation>
    </message>
    <message>
        <source>%1. You stay signed in until TikGok closes.</source>
        <translation>%1。在关闭 TikGok 之前你会保持登录。</translation>
    </message>
    <message>
        <source>Try the keychain again</source>
        <translation>再试一次密钥环</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Your sign-ins are kept unencrypted in a file of yours.</source>
        <translation>你的登录信息未加密地保存在文件里。</translation>
    </message>
    <message>
        <source>Change this</source>
        <translation>更改</translation>
    </message>
</context>
<context>
    <name>BottomBar</name>
    <message>
        <source>Navigation</source>
        <translation>导航</translation>
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
    <name>Destinations</name>
    <message>
        <source>Home</source>
        <translation>首页</translation>
    </message>
    <message>
        <source>Friends</source>
        <translation>朋友</translation>
    </message>
    <message>
        <source>Publish</source>
        <translation>发布</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>消息</translation>
    </message>
    <message numerus="yes">
        <source>%n unread</source>
        <translation>
            <numerusform>%n 条未读</numerusform>
        </translation>
    </message>
    <message>
        <source>Me</source>
        <translation>我</translation>
    </message>
    <message numerus="yes">
        <source>%n not sent</source>
        <translation>
            <numerusform>%n 项未发送</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HomePage</name>
    <message>
        <source>You follow nobody yet</source>
        <translation>你还没有关注任何人</translation>
    </message>
    <message>
        <source>Nothing published yet</source>
        <translation>还没有新作品</translation>
    </message>
    <message>
        <source>Tap the plus on somebody&apos;s picture while you watch. Their videos will come here.</source>
        <translation>看视频时，点头像上的加号关注 TA，TA 的作品就会出现在这里。</translation>
    </message>
    <message>
        <source>Those whom you follow have not published anything yet.</source>
        <translation>你关注的人还没有发布作品。</translation>
    </message>
    <message>
        <source>Find people</source>
        <translation>去发现</translation>
    </message>
    <message>
        <source>See your people</source>
        <translation>看看朋友</translation>
    </message>
    <message>
        <source>With an account you can follow people and see what they publish.</source>
        <translation>登录后可以关注别人，看 TA 们的作品。</translation>
    </message>
    <message>
        <source>What to watch</source>
        <translation>看什么</translation>
    </message>
    <message>
        <source>For you</source>
        <translation>推荐</translation>
    </message>
    <message>
        <source>Following</source>
        <translation>关注</translation>
    </message>
</context>
<context>
    <name>NavigationRail</name>
    <message>
        <source>Navigation</source>
        <translation>导航</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>What was kept on this device to read without a network was damaged. It is collected anew.</source>
        <translation>本机保存的离线内容已损坏，将重新收集。</translation>
    </message>
    <message>
        <source>The disk is full. TikGok works on, but keeps less for times without a network.</source>
        <translation>磁盘已满。TikGok 仍可正常使用，但离线时可看的内容会减少。</translation>
    </message>
    <message>
        <source>A folder cannot be written to. TikGok works on, but keeps less for times without a network.</source>
        <translation>有文件夹无法写入。TikGok 仍可正常使用，但离线时可看的内容会减少。</translation>
    </message>
    <message>
        <source>Saved as “%1”</source>
        <translation>已保存为“%1”</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>The video was not saved. %1</source>
        <translation>视频未能保存。%1</translation>
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
        <source>What you chose for %1 could not be saved and was taken back. %2</source>
        <translation>对 %1 的关注操作没能保存，已撤回。%2</translation>
    </message>
    <message>
        <source>“%1” is published.</source>
        <translation>《%1》已发布。</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>What you do may not be kept on this device.</source>
        <translation>你的操作可能无法保存在此设备上。</translation>
    </message>
    <message>
        <source>More</source>
        <translation>详情</translation>
    </message>
</context>
<context>
    <name>PageKinds</name>
    <message>
        <source>This video was not found</source>
        <translation>找不到这个视频</translation>
    </message>
    <message>
        <source>It may have been taken away, or it is older than what this server still lists.</source>
        <translation>它可能已被删除，或者太久远，服务器不再列出。</translation>
    </message>
    <message>
        <source>the built-in server</source>
        <translation>内置服务器</translation>
    </message>
</context>
<context>
    <name>RefusalWindow</name>
    <message>
        <source>TikGok does not answer</source>
        <translation>TikGok 没有响应</translation>
    </message>
    <message>
        <source>TikGok is running already</source>
        <translation>TikGok 已在运行</translation>
    </message>
    <message>
        <source>TikGok cannot open a folder</source>
        <translation>TikGok 无法打开文件夹</translation>
    </message>
    <message>
        <source>TikGok cannot open this</source>
        <translation>TikGok 无法打开此内容</translation>
    </message>
    <message>
        <source>It is running already, but its window does not react. Wait a moment and start it again. If that does not help, end it with the system monitor, or sign out of the desktop.</source>
        <translation>它已在运行，但窗口没有反应。请稍等片刻再启动一次。如果还是不行，请用系统监视器结束它，或注销桌面。</translation>
    </message>
    <message>
        <source>It uses the same data and cannot be called from here, perhaps because you started it in another session. Close it there first, then start it here again.</source>
        <translation>它正在使用同一份数据，而这里无法唤起它，可能是你在另一个桌面会话中启动了它。请先在那里关闭，再在这里重新启动。</translation>
    </message>
    <message>
        <source>“%1” is a folder. Choose a video in it instead.</source>
        <translation>“%1”是文件夹。请改为选择其中的一个视频。</translation>
    </message>
    <message>
        <source>“%1” is neither a file on this computer nor a link to a video or a person in TikGok. A video that lies elsewhere can be published once it has been copied to this computer.</source>
        <translation>“%1”既不是这台电脑上的文件，也不是指向 TikGok 视频或用户的链接。存放在别处的视频，先复制到这台电脑上就可以发布。</translation>
    </message>
    <message>
        <source>TikGok</source>
        <translation>TikGok</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>Shell</name>
    <message>
        <source>TikGok cannot open this link. It names no video and no person.</source>
        <translation>TikGok 打不开这个链接：它没有指向任何视频或用户。</translation>
    </message>
</context>
</TS>
