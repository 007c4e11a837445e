<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>ActionColumn</name>
    <message numerus="yes">
        <source>Take back like, %n like(s)</source>
        <translation>
            <numerusform>Take back like, %n like</numerusform>
            <numerusform>Take back like, %n likes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Like, %n like(s)</source>
        <translation>
            <numerusform>Like, %n like</numerusform>
            <numerusform>Like, %n likes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Comments, %n comment(s)</source>
        <translation>
            <numerusform>Comments, %n comment</numerusform>
            <numerusform>Comments, %n comments</numerusform>
        </translation>
    </message>
</context>
</TS>
