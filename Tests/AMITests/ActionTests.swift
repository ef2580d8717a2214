import AMI
import Testing

@Suite struct ActionTests {
    private func text(_ action: Action, id: String = "1") throws -> String {
        String(decoding: try action.encoded(actionID: id), as: UTF8.self)
    }

    @Test func headersComeInOrder() throws {
        let action = Action("Ping", .reads, ["B": "2", "A": nil, "C": "с"])
        #expect(try text(action) == "Action: Ping\r\nActionID: 1\r\nB: 2\r\nC: с\r\n\r\n")
    }

    @Test(arguments: ["1\nAction: Command", "1\rX", "a\u{0}b", "\u{1B}[0m", "a\u{7F}"])
    func controlBytesAreRefused(_ value: String) {
        #expect(throws: ProtocolError.self) { try text(Action("Ping", .reads, ["X": value])) }
        #expect(throws: ProtocolError.self) { try text(Action("Ping"), id: value) }
        #expect(throws: ProtocolError.self) { try text(Action(value)) }
    }

    @Test(arguments: ["", "A B", "A:", "A\n", "Ä"])
    func `a header name that AMI cannot carry is refused`(_ name: String) {
        var action = Action("Ping")
        action.add(name, "x")
        let error = #expect(throws: ProtocolError.self) { try text(action) }
        #expect(error?.code == .unsendable)
    }

    @Test func limitsOfAsteriskAreKept() throws {
        // "X: " and the value together fill a line of exactly 1022 bytes.
        #expect(throws: Never.self) { try text(Action("Ping", .reads, ["X": String(repeating: "x", count: 1019)])) }
        #expect(throws: ProtocolError.self) {
            try text(Action("Ping", .reads, ["X": String(repeating: "x", count: 1020)]))
        }
        #expect(throws: ProtocolError.self) { try text(Action("Ping"), id: String(repeating: "1", count: 65)) }
        #expect(throws: ProtocolError.self) {
            try text(Action("Originate", .changes, ["Channel": String(repeating: "x", count: 256)]))
        }
        #expect(throws: ProtocolError.self) {
            try text(Action("Originate", .changes, ["ChannelId": String(repeating: "x", count: 150)]))
        }
        var action = Action("Ping")
        for _ in 0..<126 { action.add("X", "1") }
        #expect(throws: Never.self) { try text(action) }
        action.add("X", "1")
        #expect(throws: ProtocolError.self) { try text(action) }
    }

    @Test func errorsDoNotRepeatValues() {
        do {
            _ = try text(Action("Login", .reads, ["Secret": "hunter2\n"]))
            Issue.record("It was encoded.")
        } catch {
            #expect(!"\(error)".contains("hunter2"))
        }
    }

    @Test(arguments: [
        ("1,2", #"A=1\,2"#), (#"a"b"#, #"A=a\"b"#), (#"a\b"#, #"A=a\\b"#), ("(1)[2]", #"A=\(1\)\[2\]"#),
        ("k=v", "A=k=v"),
        ("", "A="), ("ü", "A=ü"),
    ])
    func variablesAreQuoted(_ value: String, _ header: String) {
        #expect(ChannelVariable(name: "A", value: value).header == header)
    }

    @Test func assignmentsAreReadAndFunctionsRefused() {
        #expect(ChannelVariable(assignment: "__A_1=b=c") == ChannelVariable(name: "__A_1", value: "b=c"))
        for bad in ["A", "=b", "FILE(/etc/passwd)=x", "A B=c", "SHELL(x)=y"] {
            #expect(ChannelVariable(assignment: bad) == nil, "\(bad)")
        }
    }

    @Test func dtmfIsReadWhole() throws {
        #expect(try DTMF("1a#").steps == [.digit("1"), .digit("A"), .digit("#")])
        #expect(
            try DTMF("1wW-2 3").steps == [
                .digit("1"), .pause(milliseconds: 500), .pause(milliseconds: 1000), .digit("2"), .digit("3"),
            ]
        )
        for bad in ["", "w", "1z", "1&2", "１"] { #expect(throws: ProtocolError.self, "\(bad)") { try DTMF(bad) } }
    }

    @Test func masksHaveKnownClassesOnly() {
        #expect(EventMask(names: ["Call", "agent"])?.description == "call,agent")
        #expect(EventMask(names: ["call", "foo"]) == nil)
        #expect(EventMask(names: []) == nil)
        #expect(EventMask([.agent, .call]).description == "agent,call")
        #expect(EventMask([]) == .off && EventMask.off.description == "off")
    }
}
