<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
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
        <translation><numerusform>%n 条未读</numerusform></translation>
    </message>
    <message>
        <source>Me</source>
        <translation>我</translation>
    </message>
    <message numerus="yes">
        <source>%n not sent</source>
        <translation><numerusform>%n 项未发送</numerusform></translation>
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
</TS>
