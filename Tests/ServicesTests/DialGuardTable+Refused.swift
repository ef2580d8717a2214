import AMIClient

/// What is refused under any configuration, by the reason given in the refusal.
extension GuardTry {
    /// London, however it is written, and whatever precedes it.
    private static let abroad = refused(
        .abroad,
        [
            // Channels: URIs, separators, escapes, letters that wait, digits of other scripts, invisible characters.
            .channel("PJSIP/trunk/sip:+442071234567;user=phone@gw"),
            .channel("PJSIP/trunk/sip:+442071234567@gw;user=phone"), .channel("PJSIP/trunk/sip:%2B442071234567@gw"),
            .channel("PJSIP/trunk/sip:%2b442071234567@gw"), .channel("PJSIP/trunk/SIP:+442071234567@gw"),
            .channel("PJSIP/trunk/sips:00442071234567@gw"), .channel("PJSIP/trunk/tel:+442071234567"),
            .channel("PJSIP/w00442071234567@trunk"), .channel("PJSIP/W00442071234567@trunk"),
            .channel("PJSIP/00442071234567@trunk"), .channel("pjsip/00442071234567@trunk"),
            .channel("PJSIP/00442071234567x@trunk"), .channel("PJSIP/00.44.2071234567@trunk"),
            .channel("PJSIP/00~442071234567@trunk"), .channel("PJSIP/0044 2071234567@trunk"),
            .channel("PJSIP/+44(20)71234567@trunk"), .channel("PJSIP/00+442071234567@trunk"),
            .channel("SIP/00442071234567!x@trunk"), .channel("SIP/trunk/00442071234567"),
            .channel("SIP/00442071234567@trunk"), .channel("IAX2/gw/00442071234567w"),
            .channel("DAHDI/g1/00442071234567"),
            .channel("DAHDI/g1/w00442071234567"), .channel("DAHDI/g1/00442071234567ww1"),
            .channel("DAHDI/g1/00w44w2071234567"), .channel("DAHDI/G1/00442071234567"),
            .channel("PJSIP/٠٠٤٤٢٠٧١٢٣٤٥٦٧@trunk"), .channel("PJSIP/００４４２０７１２３４５６７@trunk"),
            .channel("Local/00442071234567@from-internal"), .channel("Local/00442071234567@from-internal/n"),
            .channel("LOCAL/00442071234567@from-internal"), .channel("Local/w00442071234567@from-internal"),
            // Extensions: pauses, letters, separators, feature codes and short codes of networks.
            .exten("+442071234567"), .exten("00442071234567"), .exten("w00442071234567"), .exten("W00442071234567"),
            .exten("P00442071234567"), .exten("00w442071234567"), .exten("00442071234567ww"),
            .exten("00442071234567p1"), .exten("n00442071234567"), .exten("0044207FLOWERS"), .exten("0044207flowers"),
            .exten("00_442071234567"), .exten("00*442071234567"), .exten("00#442071234567"),
            .exten("00-44-20-7123-4567"), .exten("*6700442071234567"), .exten("*7200442071234567"),
            .exten("#31#00442071234567"), .exten("*31#00442071234567"), .exten("*21*00442071234567#"),
            .exten("**21*00442071234567*11#"), .exten("*67w00442071234567"), .exten("101w00442071234567"),
            .exten("101,00442071234567"), .exten("00%34%342071234567"),
            // Escaped twice, with an invisible character, and with a digit for an outside line, if it is one.
            .channel("PJSIP/trunk/sip:%252B442071234567@gw"), .channel("PJSIP/0044\u{200B}2071234567@trunk"),
            .exten("*72000442071234567"),
            // Digits that a phone would dial, and transfers in every form, each of which makes this demand.
            .other("a transfer abroad", .transfer("00442071234567", context: "from-internal")),
            .other("a transfer abroad by +", .transfer("+442071234567", context: "from-internal")),
            .other("a transfer with a pause", .transfer("00442071234567p1", context: "from-internal")),
            .other("forwarding by DTMF", .digits("*7200442071234567#")),
            .other("a number abroad by DTMF", .digits("##00442071234567")),
        ]
    )

    private static let premium = refused(
        .premium,
        [
            .channel("PJSIP/09001234567@trunk"), .exten("11833"), .exten("09001234567"), .exten("+499001234567"),
            .exten("+8823456789012"), .channel("PJSIP/00870772001234@trunk"), .exten("0-900-1234567"),
            .exten("01805123456"), .exten("01371234567"), .exten("w09001234567"),
            .other("a transfer to a premium number", .transfer("09001234567", context: "from-internal")),
        ]
    )

    private static let unknown = refused(
        .unknownNumber,
        [
            .exten("99999999999"), .exten("+4990012345670"), .exten("000442071234567"),
            .exten("0044207123456789012345678901234567890"),

        ]
    )

    private static let unreadable =
        refused(
            .unreadableNumber,
            [

                .channel("PJSIP/%zz@trunk"), .channel("PJSIP/trunk/tel:2071234567;phone-context=+44"),
                .channel("IAX2/user:secret@gw/00442071234567"), .exten("1w2w3w4w5w6w7w8w9w10"),
            ]
        )
        + refused(
            .unreadableChannel,
            [
                .channel("Local/100@from-internal/n/x"), .channel("Local/100@from-internal@x"), .channel("PJSIP"),
                .channel("/101"), .channel("PJSIP/101&PJSIP/00442071234567@trunk"), .channel("PJSIP/${EXTEN}@trunk"),
            ]
        )

    private static let places = refused(
        .context,
        [
            .channel("Local/s@outbound-allroutes"), .channel("Local/s@OUTBOUND-allroutes"),
            .channel("Local/100@macro-dialout-trunk"), .context("s", "outbound-allroutes"),
            .context("100", "outrt-1-germany"), .context("s", "sub-dialout"),
            .other("a transfer to a trunk", .transfer("100", context: "outbound-allroutes")),
        ]
    )

    private static let variables =
        refused(
            .steering,
            [
                .variable("OUTNUM", "00442071234567"), .variable("OUTNUM", "1"), .variable("outnum", "1"),
                .variable("__FORWARD_NUMBER", "00442071234567"), .variable("DIAL_OPTIONS", "g"),
            ]
        )
        + refused(
            .value,
            [
                .variable("X", "00442071234567"), .variable("X", "PJSIP/00442071234567@trunk"),
                .variable("X", "w00442071234567"),
            ]
        )
        + refused(.workedOut, [.variable("X", "${SHELL(id)}"), .variable("X", "$[1+1]")])
        + refused(.variableName, [.variable("GLOBAL(X)", "1")])

    private static let applications =
        refused(
            .arguments,
            [
                .application("Queue", "support,,,,30,/tmp/evil.sh"), .application("Queue", "support,,,,,,gosub"),
                .application("QUEUE", "support,,,,30,/tmp/evil.sh"), .application("Queue", "support,F(evil^s^1)"),
                .application("Queue", "support,X"), .application("Queue", "support,,http://x"),
                .application("Playback", "/etc/passwd"), .application("Playback", "../../x"),
                .application("Playback", "http://x/y"), .application("Playback", "${SHELL(id)}"),
                .application("ConfBridge", "1,record,x,menu"), .application("Park", "default,c(evil,s,1)"),
            ]
        )
        + refused(
            .spyOnly,
            [
                .application("ChanSpy", "PJSIP,qw"), .application("chanspy", "PJSIP,qw"),
                .application("ChanSpy", ",qr(pwned)"), .application("ExtenSpy", "101"),
            ]
        )
        + refused(
            .application,
            [
                ("Read", "GLOBAL(PWN),beep,1,,1,1"), ("System", "id"), ("system", "id"), ("TrySystem", "id"),
                ("AGI", "x"), ("EAGI", "x"), ("FastAGI", "x"), ("Dial", "PJSIP/00442071234567@trunk"),
                ("Exec", "Dial(x)"), ("MixMonitor", "x.wav"), ("Record", "x.wav"), ("Goto", "outbound,s,1"),
                ("Originate", "x,app,y"), ("Page", "PJSIP/1"), ("Gosub", "x,s,1"), ("VoiceMail", "100"),
                ("Set", "X=1"), ("Macro", "x"), ("Transfer", "00442071234567"), ("FollowMe", "x"),
            ].map { .application($0.0, $0.1) }
        )

    private static let spying = refused(
        .spying,
        [.other("spying", .spy(supervisor: "PJSIP/200", channel: "PJSIP/101-0000001a"))]
    )

    /// All of them.
    static let allRefused = abroad + premium + unknown + unreadable + places + variables + applications + spying
}
