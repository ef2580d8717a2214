// Before anything is asked.
extension Oddity {
    private static let garbage: [UInt8] = (0..<512).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ 13) }

    // The statuses are those of health, status, originate, transfer, pause and events.
    static let connecting: [Oddity] = [
        Oddity(.greeting, "2 - 69 - 69 69", "no greeting") { _ in [] },
        Oddity(.greeting, "2 - 69 - - 69", "closed at once") { _ in [.close] },
        Oddity(.greeting, "2 69 69 69 69 69", "reset at once") { _ in [.reset] },
        Oddity(.greeting, "2 - 69 - - 69", "half-closed at once") { _ in [.halfClose] },
        Oddity(.greeting, "2 69 69 69 69 69", "a web server") { _ in
            [.say("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")]
        },
        Oddity(.greeting, "2 - 69 - - 69", "an SSH server") { _ in [.say("SSH-2.0-OpenSSH_9.2p1\r\n")] },
        Oddity(.greeting, "2 - 69 - - 69", "a mail server") { _ in [.say("220 mail ESMTP\r\n")] },
        Oddity(.greeting, "2 - 69 - - 69", "a TLS alert") { _ in [.send([0x15, 3, 1, 0, 2, 2, 80]), .close] },
        Oddity(.greeting, "2 - 69 - - 69", "garbage") { _ in [.send(garbage)] },
        Oddity(.greeting, "2 - 69 - - 69", "a greeting without an end") { _ in
            [.say("Asterisk Call Manager/"), .flood(Array("9".utf8), times: 100_000)]
        },
        Oddity(.greeting, "2 - 69 - - 69", "1 MiB of zeros") { _ in [.send(Array(repeating: 0, count: 1 << 20))] },
        Oddity(.greeting, "2 - 69 - - 69", "a greeting that is cut") { _ in [.say("Asterisk Call Man"), .close] },
        Oddity(.greeting, "0 0 0 0 0 0", "a greeting byte by byte") { [.drip(Array($0.utf8))] },
        Oddity(.greeting, "0 - 0 - - 0", "a greeting with LF only") { _ in [.say("Asterisk Call Manager/11.0.0\n")] },
        Oddity(.greeting, "0 - 0 - - 0", "a greeting that comes twice") { [.say($0 + $0)] },
        Oddity(.greeting, "0 - 0 - - 0", "a greeting that steers terminals") { _ in
            [.say("Asterisk Call Manager/\u{1B}[2J\u{9B}31m\u{202E}1.0\r\n")]
        },
        Oddity(.greeting, "0 - 0 - - 0", "a greeting of a later century") { _ in
            [.say("Asterisk Call Manager/99999999999999999999.0\r\n")]
        },
        Oddity(.challenge, "2 - 69 - - 69", "no challenge") { _ in [] },
        Oddity(.challenge, "3 - 77 - - 77", "the challenge is refused") { _ in
            [.say("Response: Error\r\nMessage: Invalid/unknown command\r\n\r\n")]
        },
        Oddity(.challenge, "3 - 77 - - 77", "a challenge without one") { _ in [.say("Response: Success\r\n\r\n")] },
        Oddity(.challenge, "2 - 69 - - 69", "cut in the challenge") { [.say($0.through("Chall")), .close] },
        Oddity(.challenge, "2 - 69 - - 69", "1 MiB of challenge") { _ in
            [
                .say("Response: Success\r\nChallenge: "),
                .flood(Array("1".utf8) + Array(repeating: 50, count: 1023), times: 1024),
            ]
        },
        Oddity(.login, "2 - 69 - - 69", "the login is not answered") { _ in [] },
        Oddity(.login, "3 - 77 - - 77", "the login is refused without a word") { _ in [.say("Response: Error\r\n\r\n")]
        },
        Oddity(.login, "3 - 77 - - 77", "the login is refused with escapes") { _ in
            [.say("Response: Error\r\nMessage: \u{1B}]0;x\u{7}\u{202E}no\r\n\r\n"), .close]
        },
        Oddity(.login, "2 - 69 - - 69", "the PBX shuts down") { _ in
            [.say("Response: Error\r\nMessage: Asterisk is shutting down\r\n\r\n"), .close]
        },
        Oddity(.login, "3 - 77 - - 77", "farewell in place of a welcome") { _ in
            [.say("Response: Goodbye\r\n\r\n"), .close]
        },
        Oddity(.login, "2 - 69 - - 69", "cut in the login") { [.say($0.through("Authen")), .close] },
        Oddity(.login, "2 - 69 - - 69", "reset in the login") { _ in [.reset] },
        Oddity(.login, "0 - 0 - - 0", "the login is answered byte by byte") { [.drip(Array($0.utf8))] },
        Oddity(.login, "0 - 0 - - 0", "the login is answered twice") { [.say($0 + $0)] },
        Oddity(.login, "0 - 0 - - 0", "another ActionID at login") { [.say($0.withActionID("ActionID: 7\r\n"))] },
        Oddity(.login, "0 - 0 - - 0", "events before the welcome") {
            [.say("Event: FullyBooted\r\nUptime: -1\r\nLastReload: nan\r\n\r\n" + $0)]
        },
        Oddity(.login, "2 - 69 - - 69", "a welcome of 70,000 lines") { _ in
            [.say("Response: Success\r\n"), .flood(Array("X: y\r\n".utf8), times: 70_000)]
        },
    ]
}
