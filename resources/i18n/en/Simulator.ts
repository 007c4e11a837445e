<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>LoadSection</name>
    <message numerus="yes">
        <source>The last %n seconds, while this page was open.</source>
        <translation>
            <numerusform>The last %n second, while this page was open.</numerusform>
            <numerusform>The last %n seconds, while this page was open.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SimulatorWords</name>
    <message numerus="yes">
        <source>%n fault rules</source>
        <translation>
            <numerusform>%n fault rule</numerusform>
            <numerusform>%n fault rules</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n faults inside</source>
        <translation>
            <numerusform>%n fault inside</numerusform>
            <numerusform>%n faults inside</numerusform>
        </translation>
    </message>
</context>
</TS>
