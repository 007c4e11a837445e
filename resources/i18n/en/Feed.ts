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
<context>
    <name>TailPage</name>
    <message numerus="yes">
        <source>The videos of %n person(s) did not come</source>
        <translation>
            <numerusform>The videos of %n person did not come</numerusform>
            <numerusform>The videos of %n people did not come</numerusform>
        </translation>
    </message>
</context>
</TS>
