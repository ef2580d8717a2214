import Base
import FoundationEssentials
import Testing

@testable import Alerts

/// People are told in the task's language, programs in English.
@Suite struct LanguageTests {
    private static let now = Moment(seconds: 1_764_000_000)

    /// Three callers, the first for 100 seconds, and two agents, one of them paused for lunch.
    private static var snapshot: AlertSnapshot {
        var (anna, bob) = (AlertSnapshot.Member("Anna"), AlertSnapshot.Member("Bob"))
        (anna.isLoggedIn, anna.isFree) = (true, false)
        (bob.isLoggedIn, bob.isFree) = (true, false)
        (anna.pausedSince, anna.pauseReason) = (now - .seconds(60), "lunch")
        let callers = [100, 20, 10].map { AlertSnapshot.Caller("+49301xxxx", since: now - .seconds($0)) }
        var pbx = AlertSnapshot.PBX("main")
        pbx.queues = [AlertSnapshot.Queue("support", callers: callers, members: [anna, bob])]
        var snapshot = AlertSnapshot(at: now)
        snapshot.pbxs = [pbx]
        return snapshot
    }

    private static func finding(_ measure: AlertMeasure, in language: Language) -> AlertFinding? {
        let rule = AlertRule("rule", measure, NagiosRange(low: 0, high: 0))
        return Language.$current.withValue(language) { rule.evaluation(of: snapshot) }.findings.first
    }

    @Test(
        arguments: [
            (.queueWait, .german, "Der am längsten wartende Anrufer in support wartet seit 1:40."),
            (.queueWait, .russian, "Дольше всех в support ждут уже 1:40."),
            (.queueCallers, .german, "3 Anrufer warten in support."),
            (.queueCallers, .russian, "В support ждут 3 абонента."),
            (.unservedCallers, .russian, "В support ждут 3 абонента; ни один оператор не свободен."),
        ] as [(AlertMeasure, Language, String)]
    )
    func `a finding has its sentence in English and in the language of the task`(
        measure: AlertMeasure,
        language: Language,
        sentence: String
    ) throws {
        let finding = try #require(Self.finding(measure, in: language))
        #expect(finding.translated?.summary == sentence)
        #expect(finding.summary == Self.finding(measure, in: .english)?.summary)
        #expect(Self.finding(measure, in: .english)?.translated == nil)
    }

    @Test func `causes and callers are translated too`() throws {
        let finding = try #require(Self.finding(.queueWait, in: .german))
        #expect(finding.causes == ["1 of 2 agents is paused (1 for lunch)."])
        #expect(finding.translated?.causes == ["1 von 2 Agenten ist pausiert (1 wegen lunch)."])
        #expect(finding.translated?.callers.first == "+49301xxxx, wartet 1:40")
    }

    @Test func `mails are in the language of the task, and webhooks in English`() throws {
        let alert = Alert(
            identity: AlertIdentity(rule: "long-wait", labels: ["pbx": "main"]),
            severity: .critical,
            status: .firing,
            startedAt: ten,
            endedAt: nil,
            summary: "Nobody is waiting in support.",
            causes: ["The queue has no members."],
            path: "/queues",
            translated: AlertText(summary: "В support никто не ждёт.", causes: ["В очереди нет участников."])
        )
        let message = message("a", alerts: [alert], at: ten)
        let context = MessageContext(pages: "https://pbx.example.com", host: "pbx1")
        try Language.$current.withValue(.russian) {
            let address = try #require(MailAddress("a@example.com"))
            let mail = MailMessage(OutgoingMessage(message), MailOptions(from: address, to: [address]), context)
            #expect(mail.subject == "[КРИТИЧНО] В support никто не ждёт.")
            #expect(
                mail.text == """
                    В support никто не ждёт.
                    С 10:00.
                    - В очереди нет участников.
                    https://pbx.example.com/queues

                    """
            )
            #expect(mail.html?.contains("<html lang=\"ru\">") ?? false)
            #expect(mail.html?.contains(">Показать</a>") ?? false)
            let webhook = AlertmanagerFormat.webhook(message, context).line
            #expect(webhook.contains("Nobody is waiting in support."))
            #expect(webhook.contains("Since 10:00."))
            #expect(webhook.utf8.allSatisfy { $0 < 0x80 })
        }
    }

    @Test func `a message in the spool keeps its texts, and one of an earlier version has none`() throws {
        let finding = try #require(Self.finding(.queueWait, in: .german))
        let identity = AlertIdentity(rule: "long-wait", labels: finding.labels)
        let state = AlertState(identity, .warning, finding, at: ten)
        let encoded = try JSONEncoder().encode(state.alert(.firing))
        #expect(try JSONDecoder().decode(Alert.self, from: encoded).translated == finding.translated)
        let english = try #require(Self.finding(.queueWait, in: .english))
        let old = try JSONEncoder().encode(AlertState(identity, .warning, english, at: ten).alert(.firing))
        #expect(!String(decoding: old, as: UTF8.self).contains("translated"))
        #expect(try JSONDecoder().decode(Alert.self, from: old).translated == nil)
    }
}
