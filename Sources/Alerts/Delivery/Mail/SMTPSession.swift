/// One mail's way through an SMTP session (RFC 5321, 3207, 4954), without any I/O: bytes in, orders to the transport out.
struct SMTPSession: Sendable {
    /// What the transport has to do.
    enum Order: Equatable {
        case send([UInt8])
        /// Begin TLS on the connection, then call ``secured()``.
        case startTLS
        /// The session is over; close the connection once everything has been sent.
        case finish(DeliveryOutcome)
    }

    private enum Step: Equatable {
        case greeting, hello, startTLS, handshake, plain, login, username, password, from
        case recipient(Int)
        case data, content, finished
    }

    private let options: SMTPOptions
    private let sender: String
    private let recipients: [String]
    private let content: [UInt8]
    private var reader = SMTPReplyReader()
    private var step = Step.greeting
    private var isSecure: Bool
    private var isOldServer = false
    /// What the server said about recipients that it refused.
    private var refusals: [String] = []
    private var accepted = 0

    /// - Parameter content: the mail, in lines that end in CR and LF.
    init(_ options: SMTPOptions, from sender: String, to recipients: [String], content: [UInt8]) {
        (self.options, self.sender, self.recipients, self.content) = (options, sender, recipients, content)
        isSecure = options.security == .implicit
    }

    /// Takes what the server has sent.
    mutating func received(_ bytes: some Sequence<UInt8>) -> [Order] {
        var orders: [Order] = []
        for byte in bytes where step != .finished {
            // What comes before TLS and is read after it could have been added by somebody in between.
            guard step != .handshake else { return orders + late("it sent data before TLS began") }
            do throws(SMTPReplyReader.Malformed) {
                if let reply = try reader.take(byte) { orders += take(reply) }
            } catch {
                orders += late("it does not answer as a mail server does")
            }
        }
        return orders
    }

    /// TLS has been begun.
    mutating func secured() -> [Order] {
        guard step == .handshake else { return [] }
        isSecure = true
        step = .hello
        return hello()
    }

    /// The server has closed the connection.
    mutating func closed() -> [Order] {
        step == .finished ? [] : late("it closed the connection")
    }

    private mutating func take(_ reply: SMTPReply) -> [Order] {
        // The server is about to close the connection, whatever it was asked.
        if reply.code == 421 { return late("it answered \(reply.text)") }
        switch step {
        case .greeting:
            guard reply.code == 220 else { return late("it answered \(reply.text)") }
            step = .hello
            return hello()
        case .hello: return offered(reply)
        case .startTLS:
            guard reply.code == 220 else { return late("it refused TLS: \(reply.text)") }
            step = .handshake
            return [.startTLS]
        case .login where reply.code == 334:
            step = .username
            return [line(Base64.encoded(options.username ?? ""))]
        case .username where reply.code == 334:
            step = .password
            return [line(Base64.encoded(options.password ?? ""))]
        case .plain, .login, .username, .password:
            guard reply.code == 235 else { return judged(reply, "the login of \(options.username ?? "")") }
            return envelope()
        case .from:
            guard reply.isPositive else { return judged(reply, "the sender \(sender)") }
            step = .recipient(0)
            return [line("RCPT TO:<\(recipients.first ?? "")>")]
        case .recipient(let index): return takeRecipient(reply, index)
        case .data:
            guard reply.code == 354 else { return judged(reply, "the mail") }
            step = .content
            return [.send(Self.stuffed(content))]
        case .content:
            guard reply.isPositive else { return judged(reply, "the mail") }
            return finish(.delivered(note: refusals.isEmpty ? nil : "not to all: " + refusals.joined(separator: "; ")))
        case .handshake, .finished: return []
        }
    }

    private func hello() -> [Order] { [line("\(isOldServer ? "HELO" : "EHLO") \(options.greeting)")] }

    private mutating func offered(_ reply: SMTPReply) -> [Order] {
        guard reply.isPositive else {
            if isOldServer || options.security != .none { return late("it answered \(reply.text)") }
            isOldServer = true
            return hello()
        }
        let offers = isOldServer ? [] : reply.lines.dropFirst().map { $0.uppercased() }
        if options.security == .starttls, !isSecure {
            guard offers.contains(where: { $0.hasPrefix("STARTTLS") }) else {
                return late("it does not offer STARTTLS")
            }
            step = .startTLS
            return [line("STARTTLS")]
        }
        guard options.username != nil else { return envelope() }
        // A password is never sent without TLS.
        guard isSecure else { return late("a login needs TLS") }
        let mechanisms = offers.filter { $0.hasPrefix("AUTH") }.flatMap { $0.split { " =".contains($0) } }
        if mechanisms.contains("PLAIN") {
            step = .plain
            return [line("AUTH PLAIN " + Base64.encoded("\0\(options.username ?? "")\0\(options.password ?? "")"))]
        }
        guard mechanisms.contains("LOGIN") else { return late("it offers no login that is known: PLAIN or LOGIN") }
        step = .login
        return [line("AUTH LOGIN")]
    }

    private mutating func envelope() -> [Order] {
        step = .from
        return [line("MAIL FROM:<\(sender)>")]
    }

    private mutating func takeRecipient(_ reply: SMTPReply, _ index: Int) -> [Order] {
        if reply.isPositive {
            accepted += 1
        } else if 400..<500 ~= reply.code {
            return judged(reply, "the recipient \(recipients[index])")
        } else {
            refusals.append("\(recipients[index]): \(reply.text)")
        }
        if index + 1 < recipients.count {
            step = .recipient(index + 1)
            return [line("RCPT TO:<\(recipients[index + 1])>")]
        }
        guard accepted > 0 else {
            return finish(
                .rejected(reason: "\(options.place) refused all recipients: " + refusals.joined(separator: "; "))
            )
        }
        step = .data
        return [line("DATA")]
    }

    /// A refusal with 4yz may pass, one with 5yz will not (RFC 5321, section 4.2.1).
    private mutating func judged(_ reply: SMTPReply, _ subject: String) -> [Order] {
        let reason = "\(options.place) refused \(subject): \(reply.text)"
        return finish(500..<600 ~= reply.code ? .rejected(reason: reason) : .retry(reason: reason))
    }

    /// Something went wrong that has nothing to do with this mail.
    private mutating func late(_ what: String) -> [Order] {
        finish(.retry(reason: "\(options.place): \(what)"))
    }

    private mutating func finish(_ outcome: DeliveryOutcome) -> [Order] {
        let isTalking = step != .greeting && step != .handshake
        step = .finished
        return (isTalking ? [line("QUIT")] : []) + [.finish(outcome)]
    }

    private func line(_ text: String) -> Order { .send(Array("\(text)\r\n".utf8)) }

    /// The mail with a second dot before every line that begins with one, and the line that ends it.
    static func stuffed(_ content: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(content.count + 16)
        var isStart = true
        for byte in content {
            if isStart, byte == UInt8(ascii: ".") { out.append(byte) }
            out.append(byte)
            isStart = byte == UInt8(ascii: "\n")
        }
        if !isStart { out += Array("\r\n".utf8) }
        return out + Array(".\r\n".utf8)
    }
}
