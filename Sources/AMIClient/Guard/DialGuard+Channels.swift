import AMI

extension DialGuard {
    /// Checks a channel to be called: its technology, its context if it is a Local channel, and every part that may be
    /// dialled.
    func check(channel: String) throws(ManagerError) {
        let parts = channel.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty,
            !channel.unicodeScalars.contains(where: { "&?${}\"'\\|^<>`".unicodeScalars.contains($0) || $0.value < 32 })
        else { throw refusal("it cannot read the channel “\(channel)”") }
        let technology = String(parts[0])
        guard rules.technologies.isEmpty || rules.technologies.contains(where: { $0.isSame(as: technology) }) else {
            throw refusal("the technology \(technology) is not in \(key("technologies"))")
        }
        if technology.isSame(as: "Local") { return try check(localChannel: String(parts[1])) }
        for number in numbers(inResource: String(parts[1])) { try check(number: number) }
    }

    /// `101@from-internal/n`: the options after the last slash are letters.
    private func check(localChannel resource: String) throws(ManagerError) {
        let parts = resource.split(separator: "/", omittingEmptySubsequences: false)
        let place = parts[0].split(separator: "@", omittingEmptySubsequences: false)
        let isReadable =
            parts.count <= 2 && place.count <= 2 && !place[0].isEmpty
            && (parts.count < 2 || parts[1].allSatisfy { $0.isASCII && $0.isLetter })
        guard isReadable else { throw refusal("it cannot read the channel “Local/\(resource)”") }
        try check(context: place.count > 1 ? String(place[1]) : "default")
        try check(number: String(place[0]))
    }

    /// The parts that may be dialled: `number@peer`, `peer/number`, `peer/sip:number@host`, `g1/number`. What follows
    /// an `@` is a peer or a host; what precedes a slash is one too, and is checked only if it could be a number
    /// itself.
    private func numbers(inResource resource: String) -> [String] {
        let parts = resource.split(separator: "/").map(String.init)
        return parts.enumerated().flatMap { index, part -> [String] in
            let user = part.split(separator: "@", maxSplits: 1).first.map(String.init) ?? part
            guard index == 0, parts.count > 1, !part.contains("@"), !part.contains(":") else { return [user] }
            return part.allSatisfy { $0.isNumber || "+*#".contains($0) } ? [part] : []
        }
    }

    /// Checks a place in the dialplan by its context.
    func check(context: String) throws(ManagerError) {
        if rules.contexts.contains(context) { return }
        guard rules.contexts.isEmpty else {
            throw refusal("the context \(context) is not in \(key("contexts"))")
        }
        guard !leadsOutside(context) else {
            throw refusal("the context \(context) leads outside; \(key("contexts")) would have to name it")
        }
    }

    /// The contexts that are configured as outbound, and those through which FreePBX, Issabel and VitalPBX reach
    /// trunks: a call that enters there bypasses all earlier checks.
    private func leadsOutside(_ context: String) -> Bool {
        if rules.outsideContexts.contains(where: { $0.isSame(as: context) }) { return true }
        let context = context.lowercased()
        return Self.outsideMarks.contains { context.contains($0) } || context.hasPrefix("macro-")
            || context.hasPrefix("sub-")
    }

    private static let outsideMarks = ["outbound", "outrt", "dialout", "outgoing", "trunk", "disa"]
}
