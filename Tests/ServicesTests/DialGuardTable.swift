import AMIClient
import Testing

/// One try at the dial guard, and whether it passes under each of four configurations.
struct GuardTry: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let demands: [Order.Demand]
    /// One letter a configuration, in the order of ``GuardConfiguration/allCases``: `y` passes, `-` is refused.
    let verdicts: String

    private init(_ name: String, _ demands: [Order.Demand], _ verdicts: String) {
        (testDescription, self.demands, self.verdicts) = (name, demands, verdicts)
    }

    private static func channel(_ channel: String, _ verdicts: String) -> Self {
        Self(channel, [.channel(channel), .exten("100", context: "from-internal")], verdicts)
    }

    private static func exten(_ exten: String, _ verdicts: String) -> Self {
        Self(exten, [.channel("PJSIP/101"), .exten(exten, context: "from-internal")], verdicts)
    }

    private static func other(_ name: String, _ demand: Order.Demand, _ verdicts: String) -> Self {
        Self(name, [.channel("PJSIP/101"), demand], verdicts)
    }

    private static func application(_ name: String, _ data: String, _ verdicts: String) -> Self {
        other("\(name)(\(data))", .application(name, data: data), verdicts)
    }

    private static func variable(_ name: String, _ value: String, _ verdicts: String) -> Self {
        other("\(name)=\(value)", .variable(name, value: value), verdicts)
    }

    private static func context(_ exten: String, _ context: String, _ verdicts: String) -> Self {
        other("\(exten)@\(context)", .exten(exten, context: context), verdicts)
    }

    /// Ordinary orders, which pass without a word.
    static let ordinary: [GuardTry] = [
        .channel("PJSIP/101", "yyyy"), .channel("SIP/102", "yy-y"), .channel("Local/103@from-internal", "yyyy"),
        .channel("Local/103@from-internal/n", "yyyy"), .channel("PJSIP/alice", "yyyy"),
        .channel("PJSIP/alice1978", "yy-y"),
        .channel("PJSIP/03012345678@trunk", "yyy-"), .channel("PJSIP/+493012345678@trunk", "yyy-"),
        .channel("PJSIP/trunk/sip:+493012345678@gw.example", "yyy-"), .channel("DAHDI/g1/03012345678", "yy--"),
        .channel("PJSIP/101@10.20.30.40", "yyyy"), .exten("100", "yyyy"), .exten("s", "yyyy"), .exten("sales", "yyyy"),
        .exten("03012345678", "yyy-"), .exten("+493012345678", "yyy-"), .exten("015112345678", "yyy-"),
        .exten("030-1234-5678", "yyy-"), .exten("003012345678", "-y--"), .exten("112", "yy-y"), .exten("*43", "yy-y"),
        .exten("*97", "yy-y"), .exten("*72102", "yy-y"), .exten("*6703012345678", "yy--"),
        .application("Playback", "hello-world", "yyyy"),
        .application("Playback", "custom/hello&custom/bye,skip", "yyyy"),
        .application("Queue", "support", "yyyy"), .application("Queue", "support,tr", "yyyy"),
        .application("Queue", "support,r,,,30", "yyyy"), .application("Echo", "", "yyyy"),
        .application("ConfBridge", "1234", "yyyy"), .application("MusicOnHold", "default,30", "yyyy"),
        .application("SayDigits", "1234", "yyyy"), .application("Wait", "0.5", "yyyy"),
        .variable("ORDER", "4711", "yyyy"), .variable("__CUSTOMER", "Schmidt & Co", "yyyy"),
        .variable("NOTE", "see order 12", "yyyy"), .variable("ORDER", "00442071234567", "--y-"),
        .other("digits of a menu", .digits("1w2#"), "yyyy"), .other("a customer number", .digits("99999999#"), "yyyy"),
        .other("a transfer", .transfer("102", context: "from-internal"), "yyyy"),
        .other("spying that is configured", .spy(supervisor: "PJSIP/200", channel: "PJSIP/301-0000001a"), "--y-"),
    ]

    /// London, however it is written, and what costs more than it seems.
    static let dear: [GuardTry] = [
        // Channels.
        .channel("PJSIP/trunk/sip:+442071234567;user=phone@gw", "----"),
        .channel("PJSIP/trunk/sip:+442071234567@gw;user=phone", "----"),
        .channel("PJSIP/trunk/sip:%2B442071234567@gw", "----"),
        .channel("PJSIP/trunk/sip:%252B442071234567@gw", "----"),
        .channel("PJSIP/trunk/sips:00442071234567@gw", "----"), .channel("PJSIP/trunk/tel:+442071234567", "----"),
        .channel("PJSIP/trunk/tel:2071234567;phone-context=+44", "----"),
        .channel("PJSIP/w00442071234567@trunk", "----"), .channel("PJSIP/00442071234567@trunk", "----"),
        .channel("PJSIP/00442071234567x@trunk", "----"), .channel("PJSIP/00.44.2071234567@trunk", "----"),
        .channel("PJSIP/00~442071234567@trunk", "----"), .channel("PJSIP/0044 2071234567@trunk", "----"),
        .channel("PJSIP/+44(20)71234567@trunk", "----"), .channel("PJSIP/00+442071234567@trunk", "----"),
        .channel("SIP/00442071234567!x@trunk", "----"), .channel("SIP/trunk/00442071234567", "----"),
        .channel("SIP/00442071234567@trunk", "----"), .channel("IAX2/gw/00442071234567w", "----"),
        .channel("IAX2/user:secret@gw/00442071234567", "----"), .channel("DAHDI/g1/00442071234567", "----"),
        .channel("DAHDI/g1/w00442071234567", "----"), .channel("DAHDI/g1/00442071234567ww1", "----"),
        .channel("DAHDI/g1/00w44w2071234567", "----"), .channel("DAHDI/G1/00442071234567", "----"),
        .channel("PJSIP/٠٠٤٤٢٠٧١٢٣٤٥٦٧@trunk", "----"), .channel("PJSIP/００４４２０７１２３４５６７@trunk", "----"),
        .channel("PJSIP/0044\u{200B}2071234567@trunk", "----"), .channel("Local/00442071234567@from-internal", "----"),
        .channel("Local/00442071234567@from-internal/n", "----"),
        .channel("Local/w00442071234567@from-internal", "----"),
        .channel("Local/s@outbound-allroutes", "----"), .channel("Local/100@macro-dialout-trunk", "----"),
        .channel("Local/100@from-internal/n/x", "----"), .channel("Local/100@from-internal@x", "----"),
        .channel("PJSIP/101&PJSIP/00442071234567@trunk", "----"), .channel("PJSIP/${EXTEN}@trunk", "----"),
        .channel("PJSIP", "----"), .channel("/101", "----"), .channel("PJSIP/%zz@trunk", "----"),
        .channel("PJSIP/09001234567@trunk", "----"), .channel("PJSIP/00870772001234@trunk", "----"),
        // Extensions.
        .exten("+442071234567", "----"), .exten("00442071234567", "----"), .exten("000442071234567", "----"),
        .exten("w00442071234567", "----"), .exten("00w442071234567", "----"), .exten("00442071234567ww", "----"),
        .exten("00442071234567p1", "----"), .exten("n00442071234567", "----"), .exten("0044207FLOWERS", "----"),
        .exten("00_442071234567", "----"), .exten("00*442071234567", "----"), .exten("00#442071234567", "----"),
        .exten("*6700442071234567", "----"), .exten("*7200442071234567", "----"), .exten("*72000442071234567", "----"),
        .exten("#31#00442071234567", "----"), .exten("*31#00442071234567", "----"),
        .exten("*21*00442071234567#", "----"),
        .exten("**21*00442071234567*11#", "----"), .exten("*67w00442071234567", "----"), .exten("11833", "----"),
        .exten("09001234567", "----"), .exten("0-900-1234567", "----"), .exten("+4990012345670", "----"),
        .exten("101w00442071234567", "----"), .exten("101,00442071234567", "----"), .exten("99999999999", "----"),
        .exten("0044207123456789012345678901234567890", "----"), .exten("1w2w3w4w5w6w7w8w9w10", "----"),
        .exten("+8823456789012", "----"), .exten("00%34%342071234567", "----"),
        // By way of something else.
        .context("s", "outbound-allroutes", "----"), .context("100", "outrt-1-germany", "----"),
        .context("s", "sub-dialout", "----"), .variable("OUTNUM", "00442071234567", "----"),
        .variable("OUTNUM", "1", "----"), .variable("__FORWARD_NUMBER", "00442071234567", "----"),
        .variable("X", "00442071234567", "----"), .variable("X", "PJSIP/00442071234567@trunk", "----"),
        .variable("X", "${SHELL(id)}", "----"), .variable("GLOBAL(X)", "1", "----"),
        .variable("DIAL_OPTIONS", "g", "----"),
        .other("a transfer abroad", .transfer("00442071234567", context: "from-internal"), "----"),
        .other("forwarding by DTMF", .digits("*7200442071234567#"), "----"),
        .other("a number abroad by DTMF", .digits("##00442071234567"), "----"),
        .other("spying", .spy(supervisor: "PJSIP/200", channel: "PJSIP/101-0000001a"), "----"),
        // Applications.
        .application("Queue", "support,,,,30,/tmp/evil.sh", "----"),
        .application("Queue", "support,,,,,,gosub", "----"),
        .application("Queue", "support,F(evil^s^1)", "----"), .application("Queue", "support,X", "----"),
        .application("Queue", "support,,http://x", "----"), .application("ChanSpy", "PJSIP,qw", "----"),
        .application("ChanSpy", ",qr(pwned)", "----"), .application("ExtenSpy", "101", "----"),
        .application("Read", "GLOBAL(PWN),beep,1,,1,1", "----"), .application("Playback", "/etc/passwd", "----"),
        .application("Playback", "../../x", "----"), .application("Playback", "http://x/y", "----"),
        .application("Playback", "${SHELL(id)}", "----"), .application("ConfBridge", "1,record,x,menu", "----"),
        .application("Park", "default,c(evil,s,1)", "----"), .application("System", "id", "----"),
        .application("TrySystem", "id", "----"), .application("AGI", "x", "----"), .application("EAGI", "x", "----"),
        .application("Dial", "PJSIP/00442071234567@trunk", "----"), .application("Exec", "Dial(x)", "----"),
        .application("MixMonitor", "x.wav", "----"), .application("Record", "x.wav", "----"),
        .application("Goto", "outbound,s,1", "----"), .application("Originate", "x,app,y", "----"),
        .application("Page", "PJSIP/1", "----"), .application("Gosub", "x,s,1", "----"),
        .application("VoiceMail", "100", "----"), .application("Set", "X=1", "----"),
        .application("Macro", "x", "----"),
    ]
}
