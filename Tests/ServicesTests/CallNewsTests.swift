import Alerts
import Base
import CallRecords
import Configuration
import Switchboard
import TestSupport
import Testing

@testable import Services

/// What software and people are told of calls.
@Suite struct CallNewsTests {
    private static let start: Moment = 1_795_860_000

    private func settings(_ text: String) throws -> Settings {
        let folder = try TestProcess.temporaryFolder(named: "crm-voip-call-news")
        defer { try? TestProcess.run(["rm", "-rf", folder]) }
        let all = "[pbx.main]\ntimezone = 'Europe/Berlin'\nregion = 'DE'\n" + text
        try AtomicFile.replace(folder + "/crm-voip.toml", with: Array(all.utf8))
        return try Settings.load(named: folder + "/crm-voip.toml", environment: ["HOME": folder])
    }

    private func notice(
        _ kind: CallNotice.Kind,
        _ number: String = "03012345678",
        at seconds: Int64 = 45,
        queue: String = "support"
    ) -> CallNotice {
        var facts = CallFacts(linkedid: "1795860000.7", startedAt: Self.start)
        (facts.direction, facts.callerNumber, facts.dialled, facts.queue) = (.inbound, number, "500", queue)
        (facts.wait, facts.talk) = (.seconds(seconds), .zero)
        let at = Self.start + .seconds(seconds)
        if kind == .ended || kind == .lost { facts.endedAt = at }
        return CallNotice(kind, id: "1795860000.7/\(kind.rawValue)", at: at, call: facts)
    }

    @Test func `the object has the contract's members, and times in the PBX's zone`() throws {
        let maker = try CallNewsMaker(
            try settings("[contacts]\nrecord_url = 'https://crm/{{kind}}/{{id}}'"),
            pbx: "main"
        )
        let contact = CallerNames.Contact(kind: "lead", id: "7/8", name: "Anna", owner: "ann")
        let news = maker.news(notice(.lost)) { number in number == "+493012345678" ? contact : nil }
        guard case .object(let members) = news.json else {
            Issue.record("It is no object.")
            return
        }
        #expect(
            members.map(\.0) == [
                "schema_version", "event", "id", "at", "pbx", "linkedid", "direction", "started_at", "answered_at",
                "ended_at", "outcome", "merged_into", "customer_number", "customer_e164", "contact_kind", "contact_id",
                "contact_name", "contact_owner", "did", "caller_number", "caller_name", "dialled", "agent", "extension",
                "rang", "talked", "queue", "wait_s", "talk_s", "recording_file", "voicemail", "incomplete", "url",
                "pop",
                "reason", "answered_by",
            ]
        )
        let values = Dictionary(uniqueKeysWithValues: members)
        #expect(values["id"] == "main/1795860000.7/call.lost")
        #expect(values["at"] == "2026-11-28T11:00:45+01:00" && values["ended_at"] == values["at"])
        #expect(values["customer_e164"] == "+493012345678" && values["customer_number"] == "03012345678")
        #expect(values["contact_name"] == "Anna" && values["url"] == "https://crm/lead/7%2F8")
        #expect(values["did"] == "500" && values["wait_s"] == 45 && values["agent"] == .null)
        #expect(news.sentence == "Nobody answered Anna (+493012345678), who waited 0:45 in support.")
    }

    @Test(arguments: [
        ("djangocrm", "contact", "12", "https://crm/crm/contact/12/change/"),
        ("suitecrm", "company", "a-b", "https://crm/index.php?module=Accounts&action=DetailView&record=a-b"),
        ("espocrm", "lead", "5f", "https://crm/#Lead/view/5f"),
        ("odoo", "company", "3", "https://crm/web#id=3&model=res.partner&view_type=form"),
        ("vtiger", "contact", "9&x=1", "https://crm/index.php?module=Contacts&view=Detail&record=9%26x%3D1"),
    ]) func `each CRM's record has its address`(preset: String, kind: String, id: String, url: String) throws {
        let link = try RecordLink(
            try settings("[contacts]\nurl = 'postgresql://crm'\npreset = '\(preset)'\ncrm_url = 'https://crm/'")
        )
        let contact = CallerNames.Contact(kind: kind, id: id, name: "", owner: nil)
        #expect(link?.url(number: nil, contact: contact) == url)
        #expect(link?.url(number: "+49301", contact: nil) == nil)
    }

    @Test func `a template needs only what it names`() throws {
        let search = try RecordLink(try settings("[contacts]\nrecord_url = 'https://crm/?q={{number}}'"))
        #expect(search?.url(number: "+49 30", contact: nil) == "https://crm/?q=%2B49%2030")
        #expect(search?.url(number: nil, contact: nil) == nil)
        #expect(try RecordLink(try settings("")) == nil)
        let wrong = try settings("[contacts]\nrecord_url = 'https://crm/{{secret}}'")
        let error = #expect(throws: ServiceError.self) { try RecordLink(wrong) }
        #expect(error?.description.contains("{{secret}}") == true)
    }

    @Test func `a section is told of its events, queues and directions, each receiver once`() throws {
        let settings = try settings(
            """
            [alerts.receivers.log]
            type = "command"
            command = ["/bin/true"]
            [call_events.crm]
            url = "https://crm.example.com/hook"
            receivers = ["log"]
            events = ["call.lost", "call.ringing"]
            queues = ["SUP*"]
            keep = 20
            [call_events.other]
            receivers = ["log"]
            directions = ["inbound"]
            """
        )
        #expect(try settings.callEventFaults().isEmpty)
        let maker = try CallNewsMaker(settings, pbx: "main")
        let audience = CallAudience(try settings.callEvents())
        let rings = audience.messages(about: maker.news(notice(.ringing)), at: 100)
        #expect(rings.map(\.receiver) == ["log", "call_events.crm"])
        #expect(rings.map(\.call?.expiresAt) == [120, 120])
        #expect(Set(rings.map(\.id)).count == 2)
        let lost = audience.messages(about: maker.news(notice(.lost)), at: 100)
        #expect(lost.map(\.receiver) == ["log", "call_events.crm"] && lost.allSatisfy { $0.call?.expiresAt == nil })
        let elsewhere = audience.messages(about: maker.news(notice(.lost, queue: "sales")), at: 100)
        #expect(elsewhere.map(\.receiver) == ["log"])
        #expect(audience.messages(about: maker.news(notice(.popOpen)), at: 100).isEmpty)
    }

    @Test(arguments: [
        ("[call_events.a]\nevents = ['call.lost']", "call_events.a.url and receivers are not set."),
        ("[call_events.a]\nurl = 'crm.example.com'", "call_events.a.url should begin with https:// or http://."),
        ("[call_events.a]\nurl = 'https://a'\nevents = ['call.gone']", "call_events.a.events names call.gone."),
        ("[call_events.a]\nurl = 'https://a'\ndirections = ['in']", "call_events.a.directions names in."),
        ("[call_events.a]\nreceivers = ['b']", "call_events.a.receivers names b."),
        ("[missed_calls.a]\nevery = 60", "missed_calls.a.receivers is not set."),
        ("[missed_calls.a]\nreceivers = ['b']", "missed_calls.a.receivers names b."),
    ]) func `faults are named`(text: String, message: String) throws {
        let faults = try settings(text).callEventFaults()
        #expect(faults.contains { $0.description.contains(message) }, "\(faults)")
    }
}
