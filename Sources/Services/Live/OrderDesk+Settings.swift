public import AMIClient
public import Configuration
import Transform

extension OrderDesk {
    /// The checkpoint for requests to a configured PBX: its dial guard, with the numbering plan by which its users
    /// dial, its limits and its audit log.
    ///
    /// - Parameter actor: The user in whose name requests are made; nil for the user of the operating system.
    /// - Throws: `ConfigurationError`, or `NumberPlanError` for an unusable region or prefix.
    public init(_ settings: Settings, pbx name: String? = nil, actor: AuditLog.Actor? = nil) throws {
        let pbx = try settings.pbx(name)
        let configured = try settings.dialGuard(ofPBX: pbx.name)
        self.init(
            dialGuard: try DialGuard(pbx, configured),
            limits: Limits(
                perMinute: configured.perMinute,
                perDay: configured.perDay,
                atOnce: configured.atOnce,
                stateFile: configured.auditLog + ".count"
            ),
            log: AuditLog(
                path: configured.auditLog,
                pbx: pbx.name,
                managerUser: try settings.ami(ofPBX: pbx.name).username ?? "",
                showsNumbers: configured.auditNumbers,
                actor: actor
            )
        )
    }
}

extension DialGuard {
    /// The dial guard of a configured PBX.
    ///
    /// - Throws: `NumberPlanError`
    init(_ pbx: PBXSettings, _ configured: DialGuardSettings) throws {
        var rules = Rules()
        rules.table = "pbx.\(pbx.name)"
        rules.region = pbx.region?.uppercased()
        rules.outsideContexts = pbx.outboundContexts
        rules.numbers = configured.allow
        rules.blocked = configured.deny
        rules.countries = configured.countries
        rules.international = configured.international
        rules.premium = configured.premium
        rules.technologies = configured.technologies
        rules.contexts = configured.contexts
        rules.applications = configured.applications
        rules.variables = configured.variables
        rules.transfer = configured.transfer
        rules.spy = configured.spy
        let dialled = DialledReadings(try NumberPlan(pbx))
        self.init(rules: rules) { digits in dialled.readings(of: digits).map(Reading.init) }
    }
}

extension DialGuard.Reading {
    fileprivate init(_ reading: DialledReadings.Reading) {
        self =
            switch reading {
            case .inside: .inside
            case .number(let region, let isPremium): .number(region: region, isPremium: isPremium)
            case .unknown: .unknown
            }
    }
}
