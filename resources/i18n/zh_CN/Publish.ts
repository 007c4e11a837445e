<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>PublishPage</name>
    <message>
        <source>Publish</source>
        <translation>发布</translation>
    </message>
    <message>
        <source>Nothing chosen</source>
        <translation>还没有选择视频</translation>
    </message>
    <message>
        <source>Choose a video to publish.</source>
        <translation>选择一个视频来发布。</translation>
    </message>
</context>
</TS>
