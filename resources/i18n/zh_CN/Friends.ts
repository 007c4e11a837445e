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
        <source>People who follow you and whom you follow will stand here.</source>
        <translation>互相关注的人会显示在这里。</translation>
    </message>
</context>
</TS>
