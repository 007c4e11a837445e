<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>CoverCell</name>
    <message>
        <source>Video without a title</source>
        <translation>没有标题的视频</translation>
    </message>
    <message numerus="yes">
        <source>%n like(s)</source>
        <translation>
            <numerusform>%n 个赞</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GridState</name>
    <message>
        <source>Loading videos</source>
        <translation>正在加载视频</translation>
    </message>
    <message>
        <source>Sign in to see this</source>
        <translation>登录后查看</translation>
    </message>
    <message>
        <source>The server does not show these likes</source>
        <translation>服务器没有公开这些喜欢</translation>
    </message>
    <message>
        <source>You have not liked anything yet</source>
        <translation>你还没有喜欢过视频</translation>
    </message>
    <message>
        <source>No likes yet</source>
        <translation>还没有喜欢的视频</translation>
    </message>
    <message>
        <source>Your videos will stand here</source>
        <translation>你的作品会出现在这里</translation>
    </message>
    <message>
        <source>No videos yet</source>
        <translation>还没有视频</translation>
    </message>
    <message>
        <source>This server shows people&apos;s videos only to those who have an account.</source>
        <translation>这台服务器只对登录用户展示他人的视频。</translation>
    </message>
    <message>
        <source>Tap the heart of a video and find it here again.</source>
        <translation>给视频点个红心，就能在这里找到它。</translation>
    </message>
    <message>
        <source>What they like will stand here.</source>
        <translation>TA 喜欢的视频会出现在这里。</translation>
    </message>
    <message>
        <source>Publish the first one: choose a file, a title, done.</source>
        <translation>发布第一个作品：选个文件，写个标题，就好了。</translation>
    </message>
    <message>
        <source>As soon as they publish something, it is here.</source>
        <translation>TA 一发布作品，就会出现在这里。</translation>
    </message>
    <message>
        <source>Sign in or register</source>
        <translation>登录或注册</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Watch videos</source>
        <translation>去看视频</translation>
    </message>
    <message>
        <source>Publish a video</source>
        <translation>发布作品</translation>
    </message>
</context>
<context>
    <name>ProfileHead</name>
    <message>
        <source>Says nothing about themselves</source>
        <translation>TA 还没有写简介</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>发消息</translation>
    </message>
    <message>
        <source>You have said nothing about yourself yet</source>
        <translation>你还没有写简介</translation>
    </message>
</context>
<context>
    <name>ProfilePage</name>
    <message>
        <source>Profile of %1</source>
        <translation>%1 的主页</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>主页</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>刷新</translation>
    </message>
</context>
<context>
    <name>ProfileView</name>
    <message>
        <source>The profile could not be brought up to date. %1</source>
        <translation>主页没能更新。%1</translation>
    </message>
    <message>
        <source>The videos could not be brought up to date. %1</source>
        <translation>视频列表没能更新。%1</translation>
    </message>
    <message>
        <source>Videos</source>
        <translation>视频</translation>
    </message>
    <message>
        <source>Works</source>
        <translation>作品</translation>
    </message>
    <message>
        <source>Likes</source>
        <translation>喜欢</translation>
    </message>
    <message>
        <source>Loading the profile</source>
        <translation>正在加载主页</translation>
    </message>
    <message>
        <source>Nobody is here</source>
        <translation>找不到这个人</translation>
    </message>
    <message>
        <source>Sign in to see this</source>
        <translation>登录后查看</translation>
    </message>
    <message>
        <source>The server knows nobody of this number. They may have left.</source>
        <translation>服务器上没有这个用户，TA 可能已经离开。</translation>
    </message>
    <message>
        <source>This server shows people&apos;s pages only to those who have an account.</source>
        <translation>这台服务器只对登录用户展示个人主页。</translation>
    </message>
    <message>
        <source>Sign in or register</source>
        <translation>登录或注册</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
</context>
</TS>
