<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en">
<context>
    <name>ActionColumn</name>
    <message numerus="yes">
        <source>Take back like, %n like(s)</source>
        <translation><numerusform>Take back like, %n like</numerusform><numerusform>Take back like, %n likes</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Like, %n like(s)</source>
        <translation><numerusform>Like, %n like</numerusform><numerusform>Like, %n likes</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Comments, %n comment(s)</source>
        <translation><numerusform>Comments, %n comment</numerusform><numerusform>Comments, %n comments</numerusform></translation>
    </message>
</context>
<context>
    <name>CommentsPane</name>
    <message numerus="yes">
        <source>%n comment(s)</source>
        <translation><numerusform>%n comment</numerusform><numerusform>%n comments</numerusform></translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message numerus="yes">
        <source>%n character(s) left</source>
        <translation><numerusform>%n character left</numerusform><numerusform>%n characters left</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n character(s) too many</source>
        <translation><numerusform>%n character too many</numerusform><numerusform>%n characters too many</numerusform></translation>
    </message>
</context>
<context>
    <name>SignInSheet</name>
    <message numerus="yes">
        <source>At most %n character(s)</source>
        <translation><numerusform>At most %n character</numerusform><numerusform>At most %n characters</numerusform></translation>
    </message>
</context>
</TS>
