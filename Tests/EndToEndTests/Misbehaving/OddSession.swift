import Glibc

/// What a PBX does to a session, in order.
enum Deed: Sendable {
    case send([UInt8])
    /// Sends each byte on its own.
    case drip([UInt8])
    /// Sends the same bytes so often.
    case flood([UInt8], times: Int)
    case pause(milliseconds: UInt32)
    /// Ends its half of the connection only.
    case halfClose
    /// Ends all sessions, as a PBX that stops.
    case close
    /// Ends all sessions, as a PBX that crashes (RST).
    case reset

    static func say(_ text: String) -> Deed { .send(Array(text.utf8)) }
}

/// One connection to the PBX, with blocking calls only.
struct OddSession: Sendable {
    let socket: Int32

    /// The next action, or nil at the end of the connection: its headers, by their names.
    func nextAction(_ rest: inout [UInt8]) -> [String: String]? {
        let end = Array("\r\n\r\n".utf8)
        while true {
            if let found = rest.firstRange(of: end) {
                let text = String(decoding: rest[..<found.lowerBound], as: UTF8.self)
                rest.removeFirst(found.upperBound)
                var headers: [String: String] = [:]
                for line in text.split(whereSeparator: \.isNewline) {
                    guard let colon = line.firstIndex(of: ":") else { continue }
                    headers[String(line[..<colon])] = String(line[colon...].dropFirst(2))
                }
                return headers
            }
            var buffer = [UInt8](repeating: 0, count: 4096)
            let count = recv(socket, &buffer, buffer.count, 0)
            guard count > 0 else { return nil }
            rest += buffer[..<count]
        }
    }

    /// Sends bytes; false if the other side has gone, or takes nothing for ten seconds.
    @discardableResult
    func send(_ bytes: some Collection<UInt8>) -> Bool {
        var rest = Array(bytes)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    func shutDown(_ how: Int) { _ = Glibc.shutdown(socket, Int32(how)) }

    /// Ends both directions, by a RST if asked for.
    func end(isReset: Bool) {
        if isReset {
            var atOnce = linger(l_onoff: 1, l_linger: 0)
            setsockopt(socket, SOL_SOCKET, SO_LINGER, &atOnce, socklen_t(MemoryLayout<linger>.size))
            // A shutdown would send a FIN first; to connect to nobody sends a RST, and the reader's call returns.
            var nobody = sockaddr()
            nobody.sa_family = sa_family_t(AF_UNSPEC)
            _ = connect(socket, &nobody, socklen_t(MemoryLayout<sockaddr>.size))
        }
        shutDown(Int(SHUT_RDWR))
    }
}
