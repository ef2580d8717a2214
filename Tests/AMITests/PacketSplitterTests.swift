import AMI
import Testing

/// A stream of bytes and the packets in it, each by its lines: `Name=value`, a body line as `|text`, the banner as
/// `#text`.
struct StreamFixture: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let bytes: [UInt8]
    let packets: [[String]]

    init(_ name: String, _ text: String, _ packets: [[String]]) {
        testDescription = name
        bytes = Array(text.utf8)
        self.packets = packets
    }

    static let all = [
        StreamFixture("banner alone", "Asterisk Call Manager/11.0.0\r\n", [["#Asterisk Call Manager/11.0.0"]]),
        StreamFixture(
            "banner glued to a reply",
            "Asterisk Call Manager/5.0.5\r\nResponse: Success\r\n\r\n",
            [["#Asterisk Call Manager/5.0.5"], ["Response=Success"]]
        ),
        StreamFixture(
            "two packets in one segment",
            "Asterisk Call Manager/1.3\r\nEvent: A\r\nX: 1\r\n\r\nEvent: B\r\n\r\n",
            [["#Asterisk Call Manager/1.3"], ["Event=A", "X=1"], ["Event=B"]]
        ),
        StreamFixture(
            "LF only, and CRLF LF between packets",
            "Asterisk Call Manager/1.3\nEvent: A\nX: 1\r\n\nEvent: B\r\n\r\n",
            [["#Asterisk Call Manager/1.3"], ["Event=A", "X=1"], ["Event=B"]]
        ),
        StreamFixture(
            "a stray LF in a value ends the packet twice",
            "Asterisk Call Manager/9.0.0\r\nResponse: Success\r\nMessage: Park successful\n\r\n\r\nEvent: B\r\n\r\n",
            [["#Asterisk Call Manager/9.0.0"], ["Response=Success", "Message=Park successful"], ["Event=B"]]
        ),
        StreamFixture(
            "empty frames are ignored",
            "Asterisk Call Manager/9.0.0\r\n\r\n\r\nEvent: A\r\n\r\n\r\n\r\nEvent: B\r\n\r\n",
            [["#Asterisk Call Manager/9.0.0"], ["Event=A"], ["Event=B"]]
        ),
        StreamFixture(
            "a lone CR belongs to the value, blanks before it do not, and a colon may",
            "Asterisk Call Manager/9.0.0\r\nEvent: A\rB\r\nX:   a: b \r\nY:\r\nno colon\r\n\r\n",
            [["#Asterisk Call Manager/9.0.0"], ["Event=A\rB", "X=a: b ", "Y=", "=no colon"]]
        ),
        StreamFixture(
            "repeated headers keep their order; two- and three-byte characters",
            "Asterisk Call Manager/9.0.0\r\nEvent: Ромашка\r\nChanVariable: a=€\r\nchanvariable: b=2\r\n\r\n",
            [["#Asterisk Call Manager/9.0.0"], ["Event=Ромашка", "ChanVariable=a=€", "chanvariable=b=2"]]
        ),
        StreamFixture(
            "Follows: raw text with empty lines, colons, and the marker glued to the last line",
            "Asterisk Call Manager/1.3\r\nResponse: Follows\r\nPrivilege: Command\r\nActionID: 7\r\n"
                + "Name: x\nPrivilege: mine\n\n\r\nsee --END COMMAND-- here\nlast--END COMMAND--\r\n\r\nEvent: B\r\n\r\n",
            [
                ["#Asterisk Call Manager/1.3"],
                [
                    "Response=Follows", "Privilege=Command", "ActionID=7", "|Name: x", "|Privilege: mine", "|", "|",
                    "|see --END COMMAND-- here", "|last--END COMMAND--",
                ],
                ["Event=B"],
            ]
        ),
        StreamFixture(
            "Follows: a line that ends in the marker ends nothing unless an empty line follows",
            "Asterisk Call Manager/1.3\r\nResponse: Follows\r\nPrivilege: Command\r\na--END COMMAND--\nb\n"
                + "--END COMMAND--\r\n\r\n",
            [
                ["#Asterisk Call Manager/1.3"],
                ["Response=Follows", "Privilege=Command", "|a--END COMMAND--", "|b", "|--END COMMAND--"],
            ]
        ),
    ]
}

func lines(_ packet: PacketSplitter.Packet) -> [String] {
    switch packet {
    case .banner(let text): ["#\(text)"]
    case .message(let message):
        message.fields.map { "\($0.name)=\($0.value)" } + message.body.map { "|" + String(decoding: $0, as: UTF8.self) }
    }
}

/// Feeds chunks and takes all packets after each of them, as a connection would.
func packets(_ chunks: [some Collection<UInt8>]) throws -> [[String]] {
    var splitter = PacketSplitter()
    var found: [[String]] = []
    for chunk in chunks {
        splitter.append(chunk)
        while let packet = try splitter.next() { found.append(lines(packet)) }
    }
    return found
}

@Suite struct PacketSplitterTests {
    @Test(arguments: StreamFixture.all) func allAtOnce(_ fixture: StreamFixture) throws {
        #expect(try packets([fixture.bytes]) == fixture.packets)
    }

    @Test(arguments: StreamFixture.all) func byteByByte(_ fixture: StreamFixture) throws {
        #expect(try packets(fixture.bytes.map { [$0] }) == fixture.packets)
    }

    @Test(arguments: StreamFixture.all) func splitAtEveryPoint(_ fixture: StreamFixture) throws {
        for point in fixture.bytes.indices {
            #expect(try packets([fixture.bytes[..<point], fixture.bytes[point...]]) == fixture.packets, "at \(point)")
        }
    }

    @Test(arguments: StreamFixture.all) func anyPrefixGivesAPrefixOfThePackets(_ fixture: StreamFixture) throws {
        for point in fixture.bytes.indices {
            let found = try packets([fixture.bytes[..<point]])
            #expect(found == Array(fixture.packets.prefix(found.count)), "up to \(point)")
        }
    }

    @Test func aHundredPacketsInOneSegment() throws {
        let text = "Asterisk Call Manager/9.0.0\r\n" + (0..<100).map { "Event: E\r\nN: \($0)\r\n\r\n" }.joined()
        let found = try packets([Array(text.utf8)])
        #expect(found.count == 101)
        #expect(found.last == ["Event=E", "N=99"])
    }

    @Test func cutMessageIsKnownAsCut() throws {
        var splitter = PacketSplitter()
        splitter.append("Asterisk Call Manager/9.0.0\r\nEvent: Hang".utf8)
        #expect(try splitter.next() != nil)
        #expect(try splitter.next() == nil)
        #expect(splitter.isInsideMessage)
        splitter.append("up\r\n\r\n".utf8)
        #expect(try splitter.next() != nil)
        #expect(!splitter.isInsideMessage)
    }

    @Test(arguments: ["SSH-2.0-OpenSSH_9.2\r\n", "HTTP/1.1 400 Bad Request\r\n", "\r\n"])
    func otherGreetingsAreNotAMI(_ greeting: String) {
        var splitter = PacketSplitter()
        splitter.append(greeting.utf8)
        #expect(throws: ProtocolError.self) { try splitter.next() }
    }

    @Test func anEndlessGreetingIsNotAMI() {
        var splitter = PacketSplitter()
        splitter.append([UInt8](repeating: 0x16, count: 257))
        let error = #expect(throws: ProtocolError.self) { try splitter.next() }
        #expect(error?.code == .notAMI)
    }

    @Test func limitsAreKept() throws {
        var limits = PacketSplitter.Limits()
        (limits.line, limits.message, limits.headers) = (20, 60, 4)
        func code(_ text: String) -> ProtocolError.Code? {
            var splitter = PacketSplitter(expectsBanner: false, limits: limits)
            splitter.append(text.utf8)
            do {
                _ = try splitter.next()
                return nil
            } catch {
                return error.code
            }
        }
        #expect(code("Event: " + String(repeating: "x", count: 14)) == .lineTooLong)
        #expect(code("Event: " + String(repeating: "x", count: 13)) == nil)
        #expect(code("A: 1\r\nB: 2\r\nC: 3\r\nD: 4\r\nE: 5\r\n") == .tooManyHeaders)
        #expect(code("A: 1\r\nB: 2\r\nC: 3\r\nD: 4\r\n\r\n") == nil)
        #expect(code(String(repeating: "Abcdef: 123456789\r\n", count: 4)) == .messageTooLong)
    }

    @Test func commandOutputOfBothDialectsIsTheSame() throws {
        func output(_ text: String) throws -> [String]? {
            var splitter = PacketSplitter(expectsBanner: false)
            splitter.append(text.utf8)
            guard case .message(let message)? = try splitter.next() else { return nil }
            return message.commandOutput
        }
        let new =
            "Response: Success\r\nMessage: Command output follows\r\nOutput: a: b\r\nOutput: \r\nOutput: c\r\n\r\n"
        let old = "Response: Follows\r\nPrivilege: Command\r\na: b\n\nc\n--END COMMAND--\r\n\r\n"
        let glued = "Response: Follows\r\nPrivilege: Command\r\na: b\n\nc--END COMMAND--\r\n\r\n"
        #expect(try output(new) == ["a: b", "", "c"])
        #expect(try output(old) == ["a: b", "", "c"])
        #expect(try output(glued) == ["a: b", "", "c"])
    }
}
