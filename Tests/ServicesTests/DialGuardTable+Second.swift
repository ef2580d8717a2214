import AMIClient

/// A second round of tries, by somebody who has read the first.
extension GuardTry {
    /// London again: other scripts, marks that nobody sees, other schemes, other technologies, other codes.
    private static let abroadAgain = refused(
        .abroad,
        [
            .channel("PJSIP/+442071234567"), .channel("PJSIP/trunk/sip:00442071234567%3Bw@gw"),
            .channel("PJSIP/trunk/sip:+44%32071234567@gw"), .channel("PJSIP/trunk/tel:+44-20-7123-4567;ext=9"),
            .channel("PJSIP/trunk/callto:+442071234567"), .channel("pjsip/trunk/SIPS:+442071234567@gw"),
            .channel("PJSIP//00442071234567"), .channel("PJSIP/@00442071234567"),
            .channel("DAHDI/g0/00442071234567"), .channel("DAHDI/i1/00442071234567"),
            .channel("DAHDI/1-4/00442071234567"), .channel("DAHDI/r2/00442071234567c"),
            .channel("Motif/trunk/+442071234567"), .channel("Dongle/dongle0/00442071234567"),
            .channel("H323/00442071234567@gw"), .channel("Skinny/00442071234567@phone"),
            .channel("SIP/trunk/00442071234567/x"), .channel("IAX2/gw/00442071234567@from-pstn"),
            .channel("Local/00442071234567@from-internal/nbj"), .channel("Local/*6700442071234567@from-internal"),
            .channel("Local/0044%32071234567@from-internal"), .channel("Local/00442071234567@from-internal;1"),
            .exten("𝟎𝟎𝟒𝟒𝟐𝟎𝟕𝟏𝟐𝟑𝟒𝟓𝟔𝟕"), .exten("۰۰۴۴۲۰۷۱۲۳۴۵۶۷"), .exten("००४४२०७१२३४५६७"),
            .exten("＋４４２０７１２３４５６７"), .exten("＊７２００４４２０７１２３４５６７"), .exten("＃３１＃００４４２０７１２３４５６７"),
            .exten("00\u{200D}44\u{FEFF}2071234567"), .exten("00\u{2060}442071234567"), .exten("00\u{AD}442071234567"),
            .exten("00–44–20–7123–4567"), .exten("00\u{A0}44\u{2009}2071234567"), .exten("*8200442071234567"),
            .exten("*00442071234567"), .exten("**00442071234567"), .exten("##00442071234567"),
            .exten("*99*00442071234567"), .exten("*90#00442071234567"), .exten("9w00442071234567"),
            .exten("0pp00442071234567"), .exten("1,,2,,00442071234567"), .exten("T00442071234567"),
            .exten("101;00442071234567"), .exten("101#00442071234567"), .exten("101*00442071234567"),
            .exten("0044T2071234567"), .exten("tel:+442071234567"), .exten("sip:+442071234567@gw;user=phone"),
            .exten("0012125550123"), .exten("+12125550123"), .exten("00 7 812 123 45 67"),
            .other("a transfer to a URI", .transfer("tel:+442071234567", context: "from-internal")),
            .other("a number abroad with pauses by DTMF", .digits("w00w442071234567")),
        ]
    )

    private static let dear = refused(
        .premium,
        [
            .channel("Local/09001234567@from-internal"), .exten("*6709001234567"), .exten("0137-1234567"),
            .exten("*11833"), .exten("０９００１２３４５６７"), .exten("0w9001234567"),
            .channel("PJSIP/trunk/sip:+499001234567@gw"),
        ]
    )

    private static let unclear =
        refused(
            .unreadableNumber,
            [
                .channel("PJSIP/2071234567;phone-context=+44@trunk"),
                .channel("PJSIP/trunk/tel:2071234567;phone-context=gw.example"),
                .channel("PJSIP/trunk/sip:sip:00442071234567@gw"), .channel("PJSIP/trunk/x:00442071234567"),
                .channel("PJSIP/%FF%FE00442071234567@trunk"),
                .channel("IAX2/user:secret@gw.example:4569/00442071234567"), .exten("⁰⁰⁴⁴²⁰⁷¹²³⁴⁵⁶⁷"),
                .exten("①②③④⑤⑥⑦"), .exten("00=442071234567"), .exten("00442071234567%2"),
            ]
        )
        + refused(
            .unreadableChannel,
            [
                .channel("PJSIP/101&Local/00442071234567@from-internal"),
                .channel("Local/Local/00442071234567@x@y"), .channel("Local/@from-internal"), .channel("Local/"),
                .channel("PJSIP/trunk/sip:alice@gw?Replaces=1"), .channel("PJSIP/101?Refer-To=sip:00442071234567@gw"),
                .channel("PJSIP/${SHELL(id)}@trunk"), .channel("PJSIP/101|30"), .channel("PJSIP/101^102"),
                .channel("PJSIP/`id`"), .channel("PJSIP/101\nAction: Command"),
            ]
        )

    private static let ways =
        refused(
            .context,
            [
                .channel("Local/s@outbound-allroutes/n"), .channel("Local/100@sub-dial"), .context("100", "ext-trunk"),
                .context("s", "DISA"), .context("100", "macro-dial"), .context("s", "MyOutgoing"),
                .other("a transfer outside", .transfer("s", context: "outgoing")),
            ]
        )
        + refused(
            .steering,
            [
                .variable("SIPADDHEADER01", "Refer-To: x"), .variable("__PJSIP_HEADER", "x"),
                .variable("MONITOR_EXEC", "sh"), .variable("_DIAL_TRUNK", "1"), .variable("TOUCH_MIXMONITOR", "x"),
                .variable("DYNAMIC_FEATURES", "x"), .variable("GOSUB_RETVAL", "1"),
                .variable("MEETME_AGI_BACKGROUND", "x"),
            ]
        )
        + refused(
            .value,
            [
                .variable("X", "tel:+442071234567"), .variable("X", "Local/00442071234567@from-internal"),
                .variable("X", "٠٠٤٤٢٠٧١٢٣٤٥٦٧"), .variable("X", "%2B442071234567"),
                .variable("__X", "call 00442071234567"),
            ]
        )
        + refused(
            .workedOut,
            [.variable("X", "${CURL(http://x)}"), .variable("__X", "${SHELL(id)}"), .variable("X", "a$[1]")]
        )
        + refused(
            .variableName,
            [
                .variable("CHANNEL(hangup_handler_push)", "x,s,1"), .variable("SHELL(id)", "1"), .variable("_", "1"),
                .variable("A B", "1"), .variable("Ä", "1"),
            ]
        )

    private static let programs =
        refused(
            .application,
            [
                ("Dial", "PJSIP/101"), ("RetryDial", "x"), ("ExecIf", "1?System(id)"), ("ExternalIVR", "x"),
                ("Stasis", "x"), ("SendDTMF", "00442071234567"), ("ChannelRedirect", "x,outbound,s,1"),
                ("DISA", "no-password,outbound"), ("Pickup", "101"), ("PickupChan", "PJSIP/101"),
                ("Bridge", "PJSIP/101"), ("DBdel", "x"), ("MiniVM", "x"), ("GotoIf", "1?outbound,s,1"),
                ("ReadExten", "X"), ("Dictate", "x"), ("JACK", "x"), ("SendURL", "x"), ("Queue ", "support"),
            ].map { .application($0.0, $0.1) }
        )
        + refused(
            .arguments,
            [
                .application("ConfBridge", "1234,,,menu"), .application("ConfBridge", "${X}"),
                .application("MusicOnHold", "../../x"), .application("Playback", "hello&/etc/passwd"),
                .application("Queue", "a b"), .application("BackGround", "x,m,en,outbound"),
                .application("Wait", "1,2"), .application("Park", "default,s"), .application("Echo", "x"),
                .application("SayDigits", "1,/etc"), .application("Queue", "support\nAction: Command"),
            ]
        )
        + refused(
            .spyOnly,
            [.application("DAHDIBarge", ""), .application("DAHDIScan", ""), .application("EXTENSPY", "101")]
        )

    /// What must go on working.
    private static let harmless: [GuardTry] = [
        .channel("PJSIP/trunk/sip:alice@gw.example", "yyyy"), .exten("i", "yyyy"), .exten("*98", "yy-y"),
        .other("a feature code by DTMF", .digits("*2"), "yyyy"), .other("a PIN by DTMF", .digits("1234#"), "yyyy"),
        .application("MusicOnHold", "", "yyyy"), .application("Wait", "10", "yyyy"),
        .application("Playback", "hello-world&goodbye", "yyyy"), .variable("LANGUAGE", "de", "yy-y"),
        .context("s", "from-queue", "yy-y"),
    ]

    /// All of it.
    static let secondRound = abroadAgain + dear + unclear + ways + programs + harmless
}
