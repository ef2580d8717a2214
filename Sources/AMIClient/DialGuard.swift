internal import AMI

/// Decides which calls may be made, before the PBX hears of them. Whoever holds the AMI secret can make the PBX call
/// anything; this is what keeps a mistake or a stolen script from becoming a telephone bill.
public struct DialGuard: Sendable {
    /// What is allowed.
    public struct Rules: Sendable {
        /// Dialplan patterns, as `1XX` or `+7.`, one of which a number has to match; empty allows all.
        public var numbers: [String] = []
        /// Dialplan patterns of numbers that are never called.
        public var blocked: [String] = []
        /// The PBX's own country, as `DE`.
        public var region: String?
        /// Further countries that may be called.
        public var countries: [String] = []
        /// Whether every country may be called.
        public var international = false
        /// Whether premium-rate and shared-cost numbers may be called.
        public var premium = false
        /// Technologies of the channel that is called; empty allows all.
        public var technologies: [String] = []
        /// Contexts that calls may go to; empty allows all.
        public var contexts: [String] = []
        /// Applications that calls may be connected to. None of the default ones runs programs or writes files.
        public var applications = [
            "Answer", "BackGround", "ChanSpy", "ConfBridge", "Echo", "Milliwatt", "MusicOnHold", "Park", "Playback",
            "Queue",
            "Read", "SayDigits", "Wait",
        ]
        /// Channel variables that may be set; empty allows all plain names.
        public var variables: [String] = []
        /// The most calls in a minute; 0 is no limit.
        public var perMinute = 30
        /// The most calls in 24 hours; 0 is no limit.
        public var perDay = 1000
        /// The most of these calls at once; 0 is no limit.
        public var atOnce = 20
        /// Where calls are counted between runs; nil counts none.
        public var stateFile: String?
        /// Where each attempt is written down; nil writes none.
        public var auditFile: String?

        /// The rules above.
        public init() {}
    }

    /// What is known of a number.
    public struct NumberFacts: Sendable, Equatable {
        /// Its country, as `DE`; nil for numbers of no country.
        public var region: String?
        /// Whether a call costs more than an ordinary one.
        public var isPremium: Bool

        /// Facts about a number.
        public init(region: String?, isPremium: Bool) {
            self.region = region
            self.isPremium = isPremium
        }
    }

    /// What is allowed.
    public let rules: Rules
    /// Tells of a number as dialled; nil for what is no public number, as an extension.
    private let classify: (@Sendable (String) -> NumberFacts?)?

    /// A guard.
    ///
    /// - Parameters:
    ///   - rules: What is allowed.
    ///   - classify: Tells the country and kind of a number as dialled; nil for an extension. Without this, every number of
    ///     more than six digits counts as foreign.
    public init(rules: Rules, classify: (@Sendable (String) -> NumberFacts?)? = nil) {
        self.rules = rules
        self.classify = classify
    }

    /// Decides on a call, counts it, and writes it to the audit log.
    ///
    /// - Parameters:
    ///   - request: The call.
    ///   - callsNow: Calls of this program that are on.
    /// - Throws: ``ManagerError`` with code `dialGuard` if it is not allowed, `file` if it cannot be counted.
    public func admit(_ request: OriginateRequest, callsNow: Int) throws(ManagerError) {
        do throws(ManagerError) {
            try check(request)
            if rules.atOnce > 0, callsNow >= rules.atOnce {
                throw refusal("\(callsNow) calls of this program are on already")
            }
            if let file = rules.stateFile {
                try DialLedger(path: file).count(perMinute: rules.perMinute, perDay: rules.perDay)
            }
        } catch {
            record(request, result: "refused")
            throw error
        }
        try writeAudit(request, result: "admitted")
    }

    /// Decides on a call by its content alone.
    ///
    /// - Throws: ``ManagerError`` with code `dialGuard`, saying which rule forbids it.
    public func check(_ request: OriginateRequest) throws(ManagerError) {
        let (technology, resource) = split(request.channel)
        let allowed = rules.technologies
        guard allowed.isEmpty || allowed.contains(where: { $0.isSame(as: technology) }) else {
            throw refusal("the technology \(technology) is not in `technologies`")
        }
        var numbers: [String] = []
        if technology.isSame(as: "Local") {
            let parts = resource.split(separator: "@", maxSplits: 1)
            numbers += parts.first.map { [String($0)] } ?? []
            try check(context: parts.count > 1 ? String(parts[1].prefix { $0 != "/" }) : "default")
        } else {
            numbers += number(inResource: resource)
        }
        switch request.destination {
        case .exten(let exten, let context):
            try check(context: context)
            numbers.append(exten)
        case .application(let name, _):
            guard rules.applications.contains(where: { $0.isSame(as: name) }) else {
                throw refusal("the application \(name) is not in `applications`")
            }
        }
        for number in numbers { try check(number: number) }
        for variable in request.variables where !rules.variables.isEmpty {
            let name = variable.name.drop { $0 == "_" }
            guard rules.variables.contains(where: { $0 == name }) else {
                throw refusal("the variable \(name) is not in `variables`")
            }
        }
    }

    private func check(context: String) throws(ManagerError) {
        guard rules.contexts.isEmpty || rules.contexts.contains(context) else {
            throw refusal("the context \(context) is not in `contexts`")
        }
    }

    private func check(number text: String) throws(ManagerError) {
        // Names as `s` and `sales` are no numbers; what they do is the dialplan's affair, and contexts limit it.
        guard text.contains(where: { $0.isASCII && $0.isNumber }) else { return }
        let number = text.filter { $0 != "-" && $0 != "." }
        if rules.blocked.contains(where: { NumberPattern($0).matches(number) }) {
            throw refusal("the number matches `deny`")
        }
        if !rules.numbers.isEmpty, !rules.numbers.contains(where: { NumberPattern($0).matches(number) }) {
            throw refusal("the number matches none of `allow`")
        }
        guard let facts = facts(of: number) else { return }
        if facts.isPremium, !rules.premium { throw refusal("the number is a premium-rate one") }
        if rules.international { return }
        let allowed = (rules.countries + [rules.region].compactMap(\.self))
        guard let region = facts.region, allowed.contains(where: { $0.isSame(as: region) }) else {
            throw refusal("the number is in \(facts.region ?? "no known country"), which is not in `countries`")
        }
    }

    private func facts(of number: String) -> NumberFacts? {
        if let classify { return classify(number) }
        let digits = number.count { $0.isASCII && $0.isNumber }
        return digits > 6 ? NumberFacts(region: nil, isPremium: false) : nil
    }

    private func split(_ channel: String) -> (technology: String, resource: String) {
        let parts = channel.split(separator: "/", maxSplits: 1)
        return (parts.first.map(String.init) ?? "", parts.count > 1 ? String(parts[1]) : "")
    }

    /// `PJSIP/101` and `SIP/trunk/number`, `PJSIP/number@trunk`, `DAHDI/g1/number`: every part that looks like a number is one.
    private func number(inResource resource: String) -> [String] {
        resource.split { "/@:".contains($0) }.map(String.init).filter { part in
            !part.isEmpty && part.allSatisfy { $0.isASCII && ($0.isNumber || "+*#-".contains($0)) }
        }
    }

    private func refusal(_ reason: String) -> ManagerError {
        ManagerError(.dialGuard, "The dial guard does not allow this call: \(reason).")
    }
}
