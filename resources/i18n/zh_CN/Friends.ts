<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>FriendsPage</name>
    <message>
        <source>Friends</source>
        <translation>朋友</translation>
    </message>
    <message>
        <source>No friends yet</source>
        <translation>还没有朋友</translation>
    </message>
    <message>
        <source>Lists of people</source>
        <translation>用户列表</translation>
    </message>
    <message>
        <source>Following</source>
        <translation>关注</translation>
    </message>
    <message>
        <source>Followers</source>
        <translation>粉丝</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>刷新</translation>
    </message>
    <message>
        <source>You follow nobody yet</source>
        <translation>你还没有关注任何人</translation>
    </message>
    <message>
        <source>Nobody follows you yet</source>
        <translation>还没有粉丝</translation>
    </message>
    <message>
        <source>Follow people. Those who follow you back stand here, and you can write to them.</source>
        <translation>去关注别人吧。互相关注的人会出现在这里，可以给 TA 发消息。</translation>
    </message>
    <message>
        <source>Tap the plus on somebody&apos;s picture while you watch.</source>
        <translation>看视频时，点头像上的加号就能关注。</translation>
    </message>
    <message>
        <source>Publish a video, or write something under those of others.</source>
        <translation>发布一个作品，或去别人的视频下聊几句吧。</translation>
    </message>
    <message>
        <source>Watch videos</source>
        <translation>去看视频</translation>
    </message>
</context>
<context>
    <name>PeopleList</name>
    <message>
        <source>The list could not be brought up to date. %1</source>
        <translation>列表没能更新。%1</translation>
    </message>
    <message>
        <source>Friends</source>
        <translation>朋友</translation>
    </message>
    <message>
        <source>Following</source>
        <translation>关注</translation>
    </message>
    <message>
        <source>Followers</source>
        <translation>粉丝</translation>
    </message>
    <message>
        <source>You: %1</source>
        <translation>我：%1</translation>
    </message>
    <message>
        <source>Loading people</source>
        <translation>正在加载用户</translation>
    </message>
    <message>
        <source>Sign in to see people</source>
        <translation>登录后查看朋友</translation>
    </message>
    <message>
        <source>With an account you can follow people and write to your friends.</source>
        <translation>登录后可以关注别人，给朋友发消息。</translation>
    </message>
    <message>
        <source>This server shows such lists only to those who have an account.</source>
        <translation>这台服务器只对登录用户展示这些列表。</translation>
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
<context>
    <name>PeoplePage</name>
    <message>
        <source>%1 follows</source>
        <translation>%1 的关注</translation>
    </message>
    <message>
        <source>Followers of %1</source>
        <translation>%1 的粉丝</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>刷新</translation>
    </message>
    <message>
        <source>Follows nobody yet</source>
        <translation>TA 还没有关注任何人</translation>
    </message>
    <message>
        <source>No followers yet</source>
        <translation>还没有粉丝</translation>
    </message>
    <message>
        <source>Whom they follow will stand here.</source>
        <translation>TA 关注的人会出现在这里。</translation>
    </message>
    <message>
        <source>Be the first to follow.</source>
        <translation>来做第一个关注 TA 的人吧。</translation>
    </message>
    <message>
        <source>Whom you follow</source>
        <translation>我的关注</translation>
    </message>
    <message>
        <source>Your followers</source>
        <translation>我的粉丝</translation>
    </message>
    <message>
        <source>You follow nobody yet</source>
        <translation>你还没有关注任何人</translation>
    </message>
    <message>
        <source>Nobody follows you yet</source>
        <translation>还没有粉丝</translation>
    </message>
    <message>
        <source>Tap the plus on somebody&apos;s picture while you watch.</source>
        <translation>看视频时，点头像上的加号就能关注。</translation>
    </message>
    <message>
        <source>Publish a video, or write something under those of others.</source>
        <translation>发布一个作品，或去别人的视频下聊几句吧。</translation>
    </message>
</context>
</TS>
