import Alerts
import Base
import CallRecords
import Configuration
import Switchboard
import TestSupport
import Testing

@testable import Services

/// The list of callers whom nobody answered.
@Suite struct MissedCallDigestTests {
    private func digest(_ change: (inout MissedCallSettings) -> Void = { _ in }) -> MissedCallDigest {
        var settings = MissedCallSettings(name: "office")
        (settings.receivers, settings.every) = (["mail", "chat"], 600)
        change(&settings)
        return MissedCallDigest(settings, continuing: nil, at: 0)
    }

    private func news(
        _ kind: CallNotice.Kind,
        _ number: String,
        at seconds: Int64,
        queue: String = "support",
        outbound: Bool = false,
        name: String = ""
    ) -> CallNews {
        var facts = CallFacts(linkedid: "\(seconds).1", startedAt: Moment(seconds: seconds - 30))
        (facts.direction, facts.queue, facts.wait) = (outbound ? .outbound : .inbound, queue, .seconds(30))
        let notice = CallNotice(kind, id: "\(seconds)", at: Moment(seconds: seconds), call: facts)
        var news = CallNews(notice: notice, pbx: "main", zone: .utc)
        (news.number, news.e164) = (number.isEmpty ? nil : number, number.hasPrefix("+") ? number : nil)
        if !name.isEmpty { news.contact = CallerNames.Contact(kind: "lead", id: "1", name: name, owner: "ann") }
        return news
    }

    @Test func `it is sent only when it is due and has somebody on it`() throws {
        var digest = digest()
        let early1 = digest.messages(zone: .utc, at: 600)
        #expect(early1.isEmpty && digest.due == 1200)
        let taken2 = digest.take(news(.missed, "+4930111111", at: 700, queue: "", name: "Anna"))
        #expect(taken2)
        let taken3 = digest.take(news(.lost, "+4930222222", at: 660))
        #expect(taken3)
        let taken4 = digest.take(news(.lost, "+4930222222", at: 720))
        #expect(taken4)
        let early5 = digest.messages(zone: .utc, at: 1199)
        #expect(early5.isEmpty)
        let messages = digest.messages(zone: .utc, at: 1200)
        #expect(messages.map(\.receiver) == ["mail", "chat"] && messages.allSatisfy { $0.reason == .digest })
        let alert = try #require(messages.first?.alerts.first)
        #expect(alert.summary == "2 callers were not answered, and have not been since.")
        #expect(
            alert.causes == [
                "00:11 Anna (+4930111111), waited 0:30, owner ann", "00:12 +4930222222, support, waited 0:30, 2 calls",
            ]
        )
        let early6 = digest.messages(zone: .utc, at: 1800)
        #expect(early6.isEmpty)
    }

    @Test func `who was answered since, in either direction, is not on it`() throws {
        var digest = digest()
        for number in ["+4930111111", "+4930222222", "+4930333333"] { _ = digest.take(news(.lost, number, at: 100)) }
        let taken7 = digest.take(news(.answered, "+4930111111", at: 200))
        #expect(taken7)
        let taken8 = digest.take(news(.answered, "+4930222222", at: 300, queue: "", outbound: true))
        #expect(taken8)
        let taken9 = digest.take(news(.answered, "+4930999999", at: 300))
        #expect(!taken9)
        let messages = digest.messages(zone: .utc, at: 600)
        let alert = try #require(messages.first?.alerts.first)
        #expect(alert.summary == "1 caller was not answered, and has not been since.")
        #expect(alert.causes == ["00:01 +4930333333, support, waited 0:30"])
    }

    @Test func `numbers and names are masked if the settings say so`() throws {
        var digest = digest { $0.numbers = .masked }
        _ = digest.take(news(.lost, "+4930111111", at: 100, name: "Anna"))
        _ = digest.take(news(.lost, "", at: 160))
        let messages = digest.messages(zone: .utc, at: 600)
        let alert = try #require(messages.first?.alerts.first)
        #expect(
            alert.causes == ["00:01 +493011xxxx, support, waited 0:30", "00:02 without a number, support, waited 0:30"]
        )
    }

    @Test func `only the named queues and PBXs count`() {
        var digest = digest { ($0.queues, $0.pbxs) = (["Sales"], ["main"]) }
        let taken10 = digest.take(news(.lost, "+4930111111", at: 100))
        #expect(!taken10)
        let taken11 = digest.take(news(.missed, "+4930111111", at: 100, queue: ""))
        #expect(!taken11)
        let taken12 = digest.take(news(.lost, "+4930111111", at: 100, queue: "sales"))
        #expect(taken12)
        var other = news(.lost, "+4930111112", at: 100, queue: "sales")
        other.pbx = "branch"
        let taken13 = digest.take(other)
        #expect(!taken13)
    }

    @Test func `a restart continues the list, and a flood does not make it grow for ever`() {
        var digest = digest()
        for number in 0..<2000 { _ = digest.take(news(.lost, "+49301\(100_000 + number)", at: 100)) }
        #expect(digest.memory.callers.count == MissedCallDigest.most)
        var second = MissedCallDigest(digest.settings, continuing: digest.memory, at: 300)
        #expect(second.due == 600)
        let causes = second.messages(zone: .utc, at: 600).first?.alerts.first?.causes
        #expect(causes?.count == 101 && causes?.last == "and 900 more")
    }
}
