import CallRecords
import Configuration
import Glibc
import AMIClient
import Transform
import AMI
import Services

extension DialGuard {
    /// The dial guard of a configured PBX, with the numbering plan that its users dial by.
    init(_ settings: Settings, pbx name: String?) throws {
        let pbx = try settings.pbx(name)
        let configured = try settings.dialGuard(ofPBX: pbx.name)
        var rules = Rules()
        rules.numbers = configured.allow
        rules.blocked = configured.deny
        rules.region = pbx.region
        rules.countries = configured.countries
        rules.international = configured.international
        rules.premium = configured.premium
        rules.technologies = configured.technologies
        rules.contexts = configured.contexts
        rules.perMinute = configured.perMinute
        rules.perDay = configured.perDay
        rules.atOnce = configured.atOnce
        rules.auditFile = configured.auditLog
        rules.stateFile = configured.auditLog + ".count"
        Self.makeFolder(of: configured.auditLog)
        let plan = try NumberPlan(pbx)
        self.init(rules: rules) { number in Self.facts(number, plan) }
    }

    /// An extension or a code costs nothing; digits that are no number of any country are nobody's, if they are long enough
    /// to leave the PBX.
    private static func facts(_ number: String, _ plan: NumberPlan) -> NumberFacts? {
        let normaliser = NumberNormaliser(plan: plan, capacity: 1)
        switch normaliser.party(number, as: .dialled) {
        case .e164(let phone):
            let facts = normaliser.facts(of: phone)
            let isPremium = facts.map { $0.kind == .premiumRate || $0.kind == .sharedCost } ?? false
            return NumberFacts(region: facts?.region, isPremium: isPremium)
        case .unparsed(let digits): return digits.count > 6 ? NumberFacts(region: nil, isPremium: false) : nil
        case .extension, .service, .anonymous, .none: return nil
        }
    }

    /// The data folder of a user who never loaded anything is not there yet.
    private static func makeFolder(of path: String) {
        guard let slash = path.lastIndex(of: "/") else { return }
        let folder = String(path[..<slash])
        if access(folder, F_OK) != 0 {
            makeFolder(of: folder)
            mkdir(folder, 0o700)
        }
    }
}
