// The answer to what was asked, and events.
extension Oddity {
    private static func packet(_ text: String) -> [UInt8] { Array(text.utf8) }

    // The statuses are those of health, status, originate, transfer, pause and events.
    static let cuts: [Oddity] = [
        Oddity(.answer, "3 69 14 14 14 0", "no answer to what was not done", .lost) { _ in
            [.pause(milliseconds: 3000), .close]
        },
        Oddity(.answer, "- - 14 14 0 -", "no answer to what was done", .untold) { _ in [] }.waitedFor,
        Oddity(.answer, "- - 0 0 0 -", "no answer, but events") { _ in [] }.waitedFor,
        Oddity(.answer, "3 69 14 14 14 0", "cut before the answer", .lost) { _ in [.close] },
        Oddity(.answer, "- - 14 14 0 -", "cut before the answer, but done", .untold) { _ in [.close] },
        Oddity(.answer, "3 69 14 14 14 0", "reset before the answer", .lost) { _ in [.reset] },
        Oddity(.answer, "3 69 14 14 14 0", "half-closed before the answer", .lost) { _ in [.halfClose] },
        Oddity(.answer, "3 69 14 14 14 0", "cut in the first word", .lost) { [.say($0.through("Re")), .close] },
        Oddity(.answer, "3 69 14 14 14 0", "cut in a header", .lost) { [.say($0.through("Action")), .close] },
        Oddity(.answer, "3 69 14 14 14 0", "cut after a header", .lost) { [.say($0.through("\r\n")), .close] },
        Oddity(.answer, "3 69 14 14 14 0", "cut before the empty line", .lost) {
            [.say(String($0.through("\r\n\r\n").dropLast())), .close]
        },
        Oddity(.answer, "3 69 - - - 0", "cut in a list") { [.say($0.through("Location")), .close] },
        Oddity(.answer, "3 69 - - - 0", "reset in a list") { [.say($0.through("Location")), .reset] },
        Oddity(.answer, "3 69 14 14 14 0", "a shutdown is announced", .lost) { _ in
            [.say("Event: Shutdown\r\nShutdown: Cleanly\r\nRestart: False\r\n\r\n"), .close]
        },
        Oddity(.news, "- - 14 14 - -", "cut after the order was taken") { _ in [.close] },
        Oddity(.news, "- - 14 14 - -", "reset after the order was taken") { _ in [.reset] },
        Oddity(.news, "- - 14 14 - -", "cut in an event") { [.say($0.through("Unique")), .close] },
    ]

    static let words: [Oddity] = [
        Oddity(.answer, "3 1 1 1 1 -", "an error without a reason", .lost) { [.say(error($0, ""))] },
        Oddity(.answer, "3 1 1 1 1 -", "an error with an empty reason", .lost) { [.say(error($0, "Message: \r\n"))] },
        Oddity(.answer, "3 1 1 1 1 -", "an error that steers terminals", .lost) {
            [.say(error($0, "Message: \u{1B}[2J\u{9B}31m\u{202E}no\u{200B}\r\n"))]
        },
        Oddity(.answer, "0 77 77 77 77 -", "no right", .lost) {
            [.say(error($0, "Message: Permission denied\r\n"))]
        },
        Oddity(.answer, "3 69 14 14 14 -", "farewell in place of an answer", .lost) { [.say(word($0, "Goodbye"))] },
        Oddity(.answer, "3 69 14 14 14 -", "a word that nobody knows", .lost) { [.say(word($0, "Maybe"))] },
        Oddity(.answer, "3 69 14 14 14 -", "no word", .lost) { [.say(word($0, ""))] },
        Oddity(.answer, "- - 14 14 0 -", "no word, but done", .untold) { [.say(word($0, ""))] },
        Oddity(.answer, "3 69 14 14 14 -", "success with an ending", .lost) { [.say(word($0, "Successfully"))] },
        Oddity(.answer, "0 0 0 0 0 -", "success, then error") { [.say($0 + error($0, ""))] },
        Oddity(.answer, "3 1 1 1 1 -", "error, then success", .lost) { [.say(error($0, "") + $0)] },
        Oddity(.answer, "0 0 0 0 0 -", "the answer twice") { [.say($0 + $0)] },
        Oddity(.answer, "3 69 14 14 14 -", "another ActionID", .lost) { [.say($0.withActionID("ActionID: x-1\r\n"))] },
        Oddity(.answer, "3 69 14 14 14 -", "no ActionID", .lost) { [.say($0.withActionID(""))] },
        Oddity(.answer, "3 69 14 14 14 -", "an ActionID that is longer", .lost) {
            [.say($0.withActionID("ActionID: \($0.actionID)0\r\n"))]
        },
        Oddity(.answer, "0 0 0 0 0 -", "answers to what nobody asked") {
            [
                .say(
                    "Response: Error\r\nActionID: x-1\r\nMessage: No\r\n\r\nResponse: Success\r\nMessage: Yes\r\n\r\n"
                        + $0
                )
            ]
        },
        Oddity(.answer, "3 69 14 14 14 -", "an event that looks like success", .lost) {
            [.say("Event: UserEvent\r\nActionID: \($0.actionID)\r\nResponse: Success\r\n\r\n")]
        },
        Oddity(.answer, "3 69 14 14 14 -", "text that follows and never ends", .lost) {
            [.say("Response: Follows\r\nActionID: \($0.actionID)\r\nSuccess\r\n\r\n")]
        },
        Oddity(.answer, "3 69 - - - -", "a list without an end") { [.say($0.through("Event: QueueEntry\r\n"))] },
        Oddity(.answer, "3 1 - - - -", "a list that is broken off") {
            [.say($0.replacing("EventList: Complete", with: "EventList: cancelled"))]
        },
        Oddity(.answer, "3 69 - - - -", "a list of which nothing comes") { [.say($0.through("\r\n\r\n"))] },
        Oddity(.answer, "0 0 - - - -", "a list that counts wrongly") {
            [.say($0.replacing("ListItems: 3", with: "ListItems: -99"))]
        },
        Oddity(.answer, "0 0 - - - -", "a list that counts beyond numbers") {
            [.say($0.replacing("ListItems: 3", with: "ListItems: 99999999999999999999"))]
        },
        Oddity(.answer, "0 0 - - - -", "a list without items") {
            [
                .say(
                    $0.through("\r\n\r\n")
                        + "Event: QueueStatusComplete\r\nActionID: \($0.actionID)\r\nEventList: Complete\r\n\r\n"
                )
            ]
        },
        Oddity(.news, "- - 14 - - -", "an answered call of another order") {
            [.say($0.withActionID("ActionID: other-1\r\n"))]
        },
        Oddity(.news, "- - 0 0 - -", "the result twice, and then a failure") {
            [
                .say(
                    $0
                        + $0.replacing("Response: Success", with: "Response: Failure").replacing(
                            "Result: Success",
                            with: "Result: Fail"
                        )
                )
            ]
        },
        Oddity(.news, "- - 13 - - -", "a failure without a reason") {
            [
                .say(
                    $0.replacing("Response: Success", with: "Response: Failure").replacing(
                        "Reason: 4",
                        with: "Reason: 0"
                    )
                )
            ]
        },
        Oddity(.news, "- - 13 - - -", "a failure for a reason beyond numbers") {
            [
                .say(
                    $0.replacing("Response: Success", with: "Response: Failure").replacing(
                        "Reason: 4",
                        with: "Reason: -99999999999999999999"
                    )
                )
            ]
        },
        Oddity(.news, "- - - 1 - -", "a transfer that fails after all") {
            [.say($0.replacing("Result: Success", with: "Result: Fail"))]
        },
    ]

    static let bytes: [Oddity] = [
        Oddity(.answer, "- 0 0 - 0 0", "byte by byte") { [.drip(Array($0.utf8))] },
        Oddity(.answer, "- 0 0 - 0 0", "CR and LF apart") { text in
            text.split(separator: "\r\n", omittingEmptySubsequences: false).dropLast().flatMap {
                [.say($0 + "\r"), .pause(milliseconds: 5), .say("\n")]
            }
        },
        Oddity(.answer, "- 0 0 - 0 0", "LF only") { [.say($0.replacing("\r\n", with: "\n"))] },
        Oddity(.answer, "3 69 14 14 14 0", "CR only", .lost) {
            [.say($0.replacing("\r\n", with: "\r")), .pause(milliseconds: 3000), .close]
        },
        Oddity(.answer, "- 0 0 - 0 0", "many empty lines") {
            [.say("\r\n\r\n\n\n" + $0.replacing("\r\n\r\n", with: "\r\n\r\n\r\n\r\n"))]
        },
        Oddity(.answer, "- 0 0 - 0 -", "capitals") {
            [.say($0.replacing("Response: Success", with: "RESPONSE: SUCCESS").replacing("ActionID", with: "ACTIONID"))]
        },
        Oddity(.answer, "- 0 0 - 0 -", "blanks at the ends") {
            [.say($0.replacing("Response: Success", with: "Response:   \tSuccess"))]
        },
        Oddity(.answer, "- 0 0 - 0 0", "a second late") { [.pause(milliseconds: 1000), .say($0)] },
        Oddity(.answer, "3 69 14 14 0 -", "too late", .untold) { [.pause(milliseconds: 3500), .say($0)] }.waitedFor,
        Oddity(.answer, "- 0 0 - 0 0", "NULs") { [.say($0.adding("Extra: a\0b\0\0"))] },
        Oddity(.answer, "0 0 - - - 0", "NULs in names and values") {
            [.say($0.replacing("Anna", with: "An\0na").replacing("Caller", with: "C\0"))]
        },
        Oddity(.answer, "- 0 0 - 0 0", "bytes that are no UTF-8") { text in
            [.send(Array(text.adding("Extra: A@B").utf8).map { $0 == UInt8(ascii: "@") ? 0xC3 : $0 })]
        },
        Oddity(.answer, "0 0 - - - 0", "names that are no UTF-8") { text in
            [
                .send(
                    Array(text.replacing("Anna", with: "An@na@").replacing("Caller", with: "@@").utf8).map {
                        $0 == UInt8(ascii: "@") ? 0xFF : $0
                    }
                )
            ]
        },
        Oddity(.answer, "0 0 - - - 0", "names that steer terminals") {
            [
                .say(
                    $0.replacing("Anna", with: "\u{1B}[2J\u{9B}31mAn\u{202E}na").replacing(
                        "Caller",
                        with: "\u{1B}]0;x\u{7}\u{2028}\u{200B}"
                    )
                )
            ]
        },
        Oddity(.answer, "0 0 - - - 0", "a queue that steers terminals") {
            [.say($0.replacing("support", with: "sup\u{1B}[2J\u{85}\u{202E}port"))]
        },
        Oddity(.answer, "- 0 0 - 0 0", "a header without a colon") { [.say($0.adding("nothing at all"))] },
        Oddity(.answer, "- 0 0 - 0 0", "headers without names") { [.say($0.adding(": a\r\n:\r\n : b"))] },
        Oddity(.answer, "- 0 0 - 0 0", "headers twice") {
            [.say($0.adding("ActionID: x\r\nResponse: Error\r\nEvent: X"))]
        },
        Oddity(.answer, "- 0 0 - 0 0", "garbage before it") { text in
            [.send((0..<512).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ 13) } + packet("\r\n\r\n" + text))]
        },
        Oddity(.answer, "3 69 14 14 14 0", "a TLS alert", .lost) { _ in [.send([0x15, 3, 3, 0, 2, 2, 80]), .close] },
        Oddity(.answer, "3 69 14 14 14 0", "a page of a web server", .lost) { _ in
            [.say("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>"), .close]
        },
        Oddity(.answer, "- 0 0 - 0 -", "events that nobody knows") {
            [.say("Event: \r\n\r\nEvent: Ünknown\u{1B}\r\nChannel: \r\n\r\nFoo: bar\r\n\r\n" + $0)]
        },
        Oddity(.answer, "- 0 0 - 0 -", "20,000 events before it") {
            [.flood(packet("Event: RTCPSent\r\nChannel: PJSIP/1\r\n\r\n"), times: 2000), .say($0)]
        },
        Oddity(.answer, "- 0 0 - 0 0", "a line of 200 kB") {
            [.say($0.adding("Extra: " + String(repeating: "x", count: 200_000)))]
        },
        Oddity(.answer, "3 69 14 14 14 0", "a line of 1 MiB", .lost) {
            [.say($0.adding("Extra: " + String(repeating: "x", count: 1 << 20)))]
        },
        Oddity(.answer, "3 69 14 14 14 0", "a line without an end", .lost) { _ in
            [.say("Response: "), .flood(Array(repeating: UInt8(ascii: "x"), count: 1 << 16), times: 1 << 14)]
        },
        Oddity(.answer, "3 69 14 14 14 0", "a message without an end", .lost) { _ in
            [.say("Response: Success\r\n"), .flood(packet(String(repeating: "A: b\r\n", count: 1000)), times: 10_000)]
        },
        Oddity(.answer, "3 69 - - - -", "a list without an end, at speed") { text in
            let item = packet("Event: QueueMember\r\nActionID: \(text.actionID)\r\nQueue: support\r\nName: A\r\n\r\n")
            return [
                .say(text.through("\r\n\r\n")), .flood(Array(repeatElement(item, count: 100).joined()), times: 20_000),
            ]
        },
    ]

    private static func error(_ text: String, _ message: String) -> String {
        "Response: Error\r\nActionID: \(text.actionID)\r\n\(message)\r\n"
    }

    private static func word(_ text: String, _ word: String) -> String {
        "Response: \(word)\r\nActionID: \(text.actionID)\r\n\r\n"
    }
}
