@testable import Alerts
import FuzzSupport

/// The replies of a mail server, one after the other until one is malformed.
@main
struct Program {
    static func main() {
        fuzz { start, count in
            var reader = SMTPReplyReader()
            do {
                for byte in UnsafeBufferPointer(start: start, count: count) {
                    guard let reply = try reader.take(byte) else { continue }
                    // What follows relies on it.
                    precondition(200..<600 ~= reply.code && !reply.lines.isEmpty && !reader.isInside)
                    precondition(reply.text.count <= 250 && !reply.text.contains { $0.isNewline })
                }
            } catch {}
        }
    }
}
