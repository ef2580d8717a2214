import AMI
import Base
import Testing

@Suite struct MessageTests {
    @Test func theFirstOfRepeatedHeadersWins() {
        let event = Message([
            "Event": "UserEvent", "UserEvent": "x", "event": "Hangup", "Response": "Error", "A": "1", "a": "2",
        ])
        #expect(event.kind == .event)
        #expect(event["EVENT"] == "UserEvent")
        #expect(event.values(of: "a") == ["1", "2"])
    }

    @Test func originateResponseIsAnEvent() {
        #expect(Message(["Event": "OriginateResponse", "Response": "Failure"]).kind == .event)
        #expect(Message(["Response": "Success", "Event": "x"]).kind == .reply)
        #expect(Message(["Output": "x"]).kind == .other)
    }

    @Test(
        arguments: [
            (TextEncoding.utf8, [0x4D, 0xFC, 0x6C], "M\u{FFFD}l"),
            (.latin1, [0x4D, 0xFC, 0x6C], "Mül"),
            (.cp1251, [0xC8, 0xE2, 0xE0, 0xED], "Иван"),
            (.cp1251, [0xA8, 0xB8, 0xB9, 0x88], "Ёё№€"),
            (.cp1251, [0x98], "\u{FFFD}"),
            // Valid UTF-8 stays UTF-8 whatever the configured encoding; a cut character is not valid.
            (.latin1, [0xD0, 0x98], "И"),
            (.utf8, [0xD0], "\u{FFFD}"),
        ] as [(TextEncoding, [UInt8], String)]
    )
    func bytesBecomeText(_ encoding: TextEncoding, _ bytes: [UInt8], _ text: String) {
        #expect(encoding.text(of: bytes) == text)
    }

    @Test func valuesThatSayNothing() {
        let message = Message(["A": "<unknown>", "B": "", "C": "(null)", "D": "0", "E": " 12 ", "F": "Yes"])
        #expect(message.nonEmpty("A") == nil)
        #expect(message.nonEmpty("B") == nil)
        #expect(message.nonEmpty("C") == nil)
        #expect(message.nonEmpty("D") == "0")
        #expect(message.integer("E") == 12)
        #expect(message.flag("F") == true)
        #expect(message.flag("B") == nil)
    }

    @Test func jsonIsValidWhateverCame() {
        let message = Message(
            headers: [
                .init(name: Array("Event".utf8), value: Array("A\"\\".utf8)),
                .init(name: Array("Variable".utf8), value: [0x61, 0x3D, 0xFF]),
                .init(name: Array("variable".utf8), value: [0x01, 0x0A]),
            ]
        )
        #expect(message.json.line == #"{"Event":"A\"\\","Variable":["a=\#u{FFFD}","\u0001\n"]}"#)
        #expect(JSON.number(.nan).line == "null")
    }

    @Test(arguments: [
        (#"a,b \"q\" \\ z"#, #"a,b "q" \ z"#),
        (#"\\n"#, #"\n"#),
        (#"a\r\nb"#, "a\r\nb"),
        (#"\x41"#, #"\x41"#),
        (#"end\"#, #"end\"#),
    ])
    func escapesAreUndoneOnce(_ escaped: String, _ plain: String) {
        #expect(String(decoding: CEscape.undone(escaped.utf8), as: UTF8.self) == plain)
    }

    @Test func onlyEscapedSourcesAreUnescaped() {
        let name = #"a \"b\""#
        #expect(Message(["Event": "Newchannel", "CallerIDName": name]).unescaped()["CallerIDName"] == #"a "b""#)
        #expect(
            Message(["Event": "Newchannel", "DestConnectedLineName": name]).unescaped()["DestConnectedLineName"]
                == #"a "b""#
        )
        #expect(Message(["Event": "VarSet", "Value": #"x\\y"#]).unescaped()["Value"] == #"x\y"#)
        #expect(
            Message(["Event": "Dial", "ChanVariable(SIP/1-1)": #"k=\\"#]).unescaped()["ChanVariable(SIP/1-1)"]
                == #"k=\"#
        )
        // Sent unescaped: queue entries, and everything that is not a name.
        #expect(Message(["Event": "QueueEntry", "CallerIDName": name]).unescaped()["CallerIDName"] == name)
        #expect(Message(["Event": "UserEvent", "Value": #"x\\y"#]).unescaped()["Value"] == #"x\\y"#)
    }

    @Test func secretsAreMasked() {
        let packet =
            "Action: Login\r\nUsername: crm\r\nSecret: hunter2\r\nKey: abc\r\nVariable: PIN=1234\r\nVariable: SHIPPING=x\r\n\r\n"
        #expect(
            WireTrace.lines(of: packet.utf8) == [
                "Action: Login", "Username: crm", "Secret: ***", "Key: ***", "Variable: PIN=***",
                "Variable: SHIPPING=x",
            ]
        )
        let event = Message(["Event": "VarSet", "Variable": "API_TOKEN", "Value": "t0p"])
        #expect(WireTrace.masked(event)["Value"] == "***")
        #expect(WireTrace.lines(of: Message(["Event": "A\u{1B}[31m"])) == ["Event: A\u{FFFD}[31m"])
    }
}
