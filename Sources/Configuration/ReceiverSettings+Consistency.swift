extension ReceiverSettings.Kind {
    /// The keys without which it cannot work. `a|b` is one of two.
    var required: [String] {
        switch self {
        case .email: ["smtp_host", "from", "to"]
        case .sendmail: ["from", "to"]
        case .webhook, .alertmanager, .slack, .mattermost: ["url|url_file"]
        case .telegram: ["token|token_file", "chat"]
        case .ntfy: ["url|url_file", "topic"]
        case .pagerduty: ["token|token_file"]
        case .template: ["url|url_file", "body"]
        case .command: ["command"]
        }
    }

    /// The other keys that have an effect, besides those of every kind.
    var optional: [String] {
        switch self {
        case .email: ["smtp_port", "smtp_security", "username", "password", "password_file", "ca_file"]
        case .sendmail: ["sendmail"]
        case .webhook: ["secret", "secret_file", "token", "token_file", "ca_file"]
        case .alertmanager, .ntfy: ["token", "token_file", "ca_file"]
        case .slack, .mattermost: ["ca_file"]
        case .telegram, .pagerduty: ["url", "url_file", "ca_file"]
        case .template: ["content_type", "token", "token_file", "ca_file"]
        case .command: []
        }
    }
}

extension Settings {
    /// Faults of the receivers of alerts, and of the keys that name them; each names its key.
    public func receiverFaults() throws(ConfigurationError) -> [ConfigurationError] {
        let receivers = try receivers()
        let names = receivers.map(\.name)
        let alerts = uncheckedAlerts
        var faults = receivers.flatMap { self.faults(of: $0, among: names) }
        if let url = alerts.url, !["http://", "https://"].contains(where: url.hasPrefix) {
            let message = "alerts.url should begin with https:// or http://, not be \(url)."
            faults.append(ConfigurationError(.badValue, message, at: values[["alerts", "url"]]?.origin))
        }
        faults += unknown(alerts.receivers, at: ["alerts", "default_receivers"], among: names)
        for (name, rule) in alerts.rules.sorted(by: { $0.key < $1.key }) {
            faults += unknown(rule.receivers ?? [], at: ["alerts", "rules", name, "receivers"], among: names)
        }
        return faults
    }

    private func unknown(_ wanted: [String], at path: [String], among names: [String]) -> [ConfigurationError] {
        wanted.filter { !names.contains($0) }.map { name in
            let message =
                "\(DottedPath.written(path)) names \(name), but [alerts.receivers.\(name)] does not exist. Add it."
            return ConfigurationError(.badValue, message, at: values[path]?.origin)
        }
    }

    private func faults(of receiver: ReceiverSettings, among names: [String]) -> [ConfigurationError] {
        var faults: [ConfigurationError] = []
        func path(_ key: String) -> [String] { ["alerts", "receivers", receiver.name, key] }
        func fault(_ key: String, _ message: String) {
            let text = "\(DottedPath.written(path(key))) \(message)"
            faults.append(ConfigurationError(.badValue, text, at: values[path(key)]?.origin))
        }
        guard let kind = receiver.kind else {
            fault(
                "type",
                "is not set. It is one of \(ReceiverSettings.Kind.allCases.map(\.rawValue).joined(separator: ", "))."
            )
            return faults
        }
        for keys in kind.required.map({ $0.split(separator: "|").map(String.init) })
        where !keys.contains(where: { values[path($0)]?.isEmpty == false }) {
            fault(keys[0], "is needed with type = \"\(kind.rawValue)\", but is not set.")
        }
        let known = Set(
            ["type", "timeout", "fallback", "sign_of_life"] + kind.optional
                + kind.required.flatMap { $0.split(separator: "|").map(String.init) }
        )
        for key in ReceiverSettings.table.keys.map(\.name) where values[path(key)] != nil && !known.contains(key) {
            fault(key, "has no effect with type = \"\(kind.rawValue)\". Remove it.")
        }
        if let fallback = receiver.fallback, fallback == receiver.name || !names.contains(fallback) {
            fault("fallback", "should be the name of another receiver, not \(fallback).")
        }
        if kind == .command, let program = receiver.command.first, !program.hasPrefix("/") {
            fault("command", "should begin with the whole path of a program, not with \(program).")
        }
        if kind == .email, receiver.username != nil {
            if receiver.security == .none { fault("username", "needs TLS: a password is never sent without.") }
            if receiver.password == nil { fault("username", "is set, but password_file is not.") }
        }
        if kind == .pagerduty, receiver.signOfLife {
            fault("sign_of_life", "would open an incident every day with type = \"pagerduty\". Remove it.")
        }
        return faults
    }
}
