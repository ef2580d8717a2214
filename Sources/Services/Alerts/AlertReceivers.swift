import Alerts
import Base
import Configuration
import Glibc

/// The receivers of a configuration.
struct AlertReceivers: Sendable {
    /// In the order of their names.
    let all: [any AlertReceiver]

    /// - Throws: `ConfigurationError`, or ``ServiceError`` for an address, URL or template that cannot be used.
    init(_ settings: Settings) throws {
        let factory = ReceiverFactory(context: try Self.context(settings))
        all = try settings.receivers().map { receiver in
            do throws(DeliveryError) {
                return try factory.receiver(
                    Self.options(receiver),
                    try ReceiverKind(receiver),
                    caFile: receiver.caFile
                )
            } catch {
                throw ServiceError(.configuration, "[alerts.receivers.\(receiver.name)]: \(error)", underlying: error)
            }
        }
    }

    /// The receivers with the URLs of `[call_events.NAME]`.
    ///
    /// - Throws: `ConfigurationError`, or ``ServiceError`` for a URL that cannot be used.
    static func ofCalls(_ settings: Settings) throws -> [any AlertReceiver] {
        let factory = ReceiverFactory(context: try context(settings))
        return try settings.callEvents().compactMap { section in
            guard let url = section.url else { return nil }
            let options = ReceiverOptions(name: CallAudience.Section.receiver(of: section.name))
            do throws(DeliveryError) {
                return try factory.receiver(options, .webhook(url: url, secret: section.secret))
            } catch {
                throw ServiceError(.configuration, "[call_events.\(section.name)]: \(error)", underlying: error)
            }
        }
    }

    /// What sends reports to a receiver, without the spool.
    ///
    /// - Throws: `ConfigurationError`, or ``ServiceError`` for an address or URL that cannot be used, or a receiver that is
    ///   not sent reports.
    static func documentSender(_ receiver: ReceiverSettings, _ settings: Settings) throws -> DocumentSender {
        let factory = ReceiverFactory(context: try context(settings))
        do throws(DeliveryError) {
            let kind = try ReceiverKind(receiver)
            return try factory.documentSender(options(receiver), kind, caFile: receiver.caFile)
        } catch {
            throw ServiceError(.configuration, "[alerts.receivers.\(receiver.name)]: \(error)", underlying: error)
        }
    }

    private static func options(_ receiver: ReceiverSettings) -> ReceiverOptions {
        var options = ReceiverOptions(name: receiver.name)
        options.timeout = .seconds(receiver.timeout)
        options.fallback = receiver.fallback
        options.wantsSignOfLife = receiver.signOfLife
        return options
    }

    /// Times are shown in the zone of the only PBX, or of the first that has one.
    private static func context(_ settings: Settings) throws -> MessageContext {
        let zones = settings.pbxNames.compactMap { (try? settings.pbx($0))?.timeZone }
        return MessageContext(
            pages: try settings.alerts().url,
            zone: zones.first.flatMap { try? ZoneFiles.load($0) } ?? .utc,
            host: hostName
        )
    }

    /// The name of this machine.
    private static var hostName: String {
        var buffer = [CChar](repeating: 0, count: 256)
        guard gethostname(&buffer, buffer.count - 1) == 0 else { return "localhost" }
        let name = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return name.isEmpty ? "localhost" : name
    }

    /// The name with which a mail client introduces itself: letters, digits, dots and hyphens only.
    fileprivate static var greeting: String {
        let name = hostName.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "." || $0 == "-") }
        return name.isEmpty ? "localhost" : name
    }
}

extension ReceiverKind {
    /// The kind of a configured receiver. What is missing is a fault of the configuration.
    fileprivate init(_ receiver: ReceiverSettings) throws(DeliveryError) {
        func needed(_ value: String?, _ key: String) throws(DeliveryError) -> String {
            if let value, !value.isEmpty { return value }
            throw DeliveryError(.configuration, "\(key) is not set.")
        }
        switch receiver.kind {
        case nil: throw DeliveryError(.configuration, "type is not set.")
        case .webhook:
            self = .webhook(url: try needed(receiver.url, "url"), secret: receiver.secret, token: receiver.token)
        case .alertmanager: self = .alertmanager(url: try needed(receiver.url, "url"), token: receiver.token)
        case .slack, .mattermost: self = .slack(url: try needed(receiver.url, "url"))
        case .telegram:
            let chat = try needed(receiver.chat, "chat")
            self = .telegram(token: try needed(receiver.token, "token"), chat: chat, server: receiver.url)
        case .ntfy:
            let topic = try needed(receiver.topic, "topic")
            self = .ntfy(url: try needed(receiver.url, "url"), topic: topic, token: receiver.token)
        case .pagerduty: self = .pagerduty(key: try needed(receiver.token, "token"), url: receiver.url)
        case .template:
            let body = try needed(receiver.body, "body")
            let url = try needed(receiver.url, "url")
            self = .template(url: url, body: body, contentType: receiver.contentType, token: receiver.token)
        case .command:
            guard !receiver.command.isEmpty else { throw DeliveryError(.configuration, "command is not set.") }
            self = .command(receiver.command)
        case .sendmail: self = .sendmail(try MailOptions(receiver), path: receiver.program)
        case .email:
            let security = SMTPOptions.Security(rawValue: receiver.security.rawValue) ?? .starttls
            self = .email(
                try MailOptions(receiver),
                SMTPOptions(
                    host: try needed(receiver.host, "smtp_host"),
                    port: receiver.port ?? SMTPOptions.usualPort(security),
                    security: security,
                    username: receiver.username,
                    password: receiver.password,
                    greeting: AlertReceivers.greeting
                )
            )
        }
    }
}

extension MailOptions {
    fileprivate init(_ receiver: ReceiverSettings) throws(DeliveryError) {
        guard let from = receiver.from.flatMap(MailAddress.init) else {
            throw DeliveryError(.configuration, "from should be an address such as PBX <pbx@example.com>.")
        }
        var to: [MailAddress] = []
        for text in receiver.to {
            guard let address = MailAddress(text) else {
                throw DeliveryError(.configuration, "to should have addresses such as leads@example.com, not \(text).")
            }
            to.append(address)
        }
        guard !to.isEmpty else { throw DeliveryError(.configuration, "to is not set.") }
        self.init(from: from, to: to)
    }
}
