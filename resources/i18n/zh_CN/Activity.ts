<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>ActivityPage</name>
    <message>
        <source>Activity</source>
        <translation>动态</translation>
    </message>
    <message>
        <source>Nothing waits</source>
        <translation>没有待发送的内容</translation>
    </message>
    <message>
        <source>Everything that you did has reached the server.</source>
        <translation>你的所有操作都已到达服务器。</translation>
    </message>
</context>
</TS>
