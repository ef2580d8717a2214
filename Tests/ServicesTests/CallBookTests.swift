import Alerts
import Base
import Configuration
import Switchboard
import Testing
import TestSupport

@testable import Services

/// Outgoing calls as the rules about fraud see them.
@Suite struct CallBookTests {
    private static let start: Moment = 1_795_348_800
    private let settings: Settings

    init() throws {
        settings = try Settings.load(
            environment: [
                "CRM_VOIP_CONFIG": "/dev/null", "CRM_VOIP_DATA": "/nonexistent", "CRM_VOIP_PBX_MAIN_REGION": "DE",
                "CRM_VOIP_PBX_MAIN_EXTENSIONS": "100-199",
            ]
        )
    }

    /// A call that began some seconds ago, from an extension or from outside.
    private func active(_ id: String, from: String, to: String, at now: Moment, age: Int = 0) -> ActiveCalls.Call? {
        let isInside = from.utf8.count == 3
        var channel = ChannelSnapshot(
            name: "PJSIP/\(isInside ? from : "trunk")-0000000\(id)",
            uniqueid: id,
            linkedid: id
        )
        (channel.callerNumber, channel.exten, channel.context) = (from, to, isInside ? "from-internal" : "from-trunk")
        (channel.state, channel.seconds) = (.up, age)
        var calls = ActiveCalls()
        calls.replace(with: [channel], at: now)
        return calls.longestFirst.first
    }

    @Test func `an outgoing call has its extension, country and kind, and is remembered after its end`() throws {
        var book = CallBook(settings, pbx: "main")
        let calls = try [
            ("1", "101", "0037167000001"), ("2", "102", "030123456"), ("3", "103", "09001234567"), ("4", "104", "105"),
        ].map { try #require(active($0.0, from: $0.1, to: $0.2, at: Self.start)) }
        let shown = book.take(calls, isConnected: true, ["DE"], at: Self.start)
        #expect(shown.map(\.from) == ["101", "102", "103", ""])
        let later = Self.start + .seconds(60)
        #expect(book.take([], isConnected: true, ["DE"], at: later).isEmpty)
        let known = Dictionary(book.outgoing.map { ($0.from, $0) }) { first, _ in first }
        #expect(known.count == 3)
        #expect(known["101"]?.country == "LV" && known["101"]?.isInternational == true)
        #expect(known["101"]?.isUsualCountry == false && known["101"]?.number == "+37167000001")
        #expect(known["102"]?.country == "DE" && known["102"]?.isInternational == false)
        #expect(known["102"]?.isUsualCountry == true && known["102"]?.isPremium == false)
        #expect(known["103"]?.isPremium == true)
        _ = book.take([], isConnected: true, ["DE"], at: Self.start + .seconds(6 * 3600 + 1))
        #expect(book.outgoing.isEmpty)
    }

    @Test func `a country is judged once it is known which are usual`() throws {
        var book = CallBook(settings, pbx: "main")
        let call = try #require(active("1", from: "101", to: "0037167000001", at: Self.start))
        _ = book.take([call], isConnected: true, nil, at: Self.start)
        #expect(book.outgoing.map(\.isUsualCountry) == [nil])
        _ = book.take([call], isConnected: true, ["LV"], at: Self.start)
        #expect(book.outgoing.map(\.isUsualCountry) == [true])
    }

    @Test func `silence begins with the last incoming call, or with the connection`() throws {
        var book = CallBook(settings, pbx: "main")
        _ = book.take([], isConnected: true, nil, at: Self.start)
        #expect(book.lastIncoming == Self.start)
        let later = Self.start + .seconds(600)
        let call = try #require(active("1", from: "+4930123456", to: "101", at: later, age: 10))
        _ = book.take([call], isConnected: true, nil, at: later)
        #expect(book.lastIncoming == later - .seconds(10))
        _ = book.take([], isConnected: false, nil, at: later + .seconds(10))
        #expect(book.lastIncoming == nil)
        _ = book.take([], isConnected: true, nil, at: later + .seconds(50))
        #expect(book.lastIncoming == later + .seconds(50))
    }

    /// A day of ordinary calls, and four kinds of fraud at 02:00, 03:00, 04:00 and 05:00.
    @Test func `a day of traffic raises an alert for each of four frauds and no other`() throws {
        let midnight = Self.start - .seconds(12 * 3600)
        var rules: [AlertRule] = []
        func add(_ measure: AlertMeasure, _ most: Double, _ change: (inout AlertRule) -> Void = { _ in }) {
            var rule = AlertRule(measure.rawValue, measure, NagiosRange(low: 0, high: most))
            rule.window = .seconds(3600)
            change(&rule)
            rules.append(rule)
        }
        let hours = try #require(AlertSchedule.Hours("daily 08:00-20:00"))
        add(.internationalCalls, 0) { ($0.schedule, $0.isOutside) = (AlertSchedule([hours]), true) }
        add(.newCountryCalls, 2)
        add(.sequentialCalls, 4)
        add(.callsPerExtension, 3)
        var machine = AlertMachine(rules, continuing: AlertMemory(at: midnight))
        var book = CallBook(settings, pbx: "main")
        var fired: [String] = []
        for minute in 0..<(24 * 60) {
            let now = midnight + .seconds(Int64(minute) * 60)
            let calls = script(minute).enumerated().compactMap { index, pair in
                active("\(minute).\(index)", from: pair.from, to: pair.to, at: now)
            }
            var pbx = AlertSnapshot.PBX("main")
            pbx.calls = book.take(calls, isConnected: true, ["DE", "LV"], at: now)
            pbx.outgoing = book.outgoing
            var snapshot = AlertSnapshot(at: now)
            snapshot.pbxs = [pbx]
            for change in machine.evaluate(rules.map { $0.evaluation(of: snapshot) }, at: now) {
                guard change.alert.status == .firing else { continue }
                let labels = change.alert.identity.labels
                fired.append("\(minute / 60) \(change.alert.identity.rule) \(labels["extension"] ?? "")")
            }
        }
        #expect(
            fired == [
                "2 international_calls 111", "3 sequential_calls 112", "4 calls_per_extension 113",
                // Cuba is abroad, at night, and new.
                "5 international_calls 114", "5 new_country_calls 114",
            ]
        )
    }

    /// The calls of a minute.
    private func script(_ minute: Int) -> [(from: String, to: String)] {
        switch minute {
        case 120: [("111", "0037167000001")]
        case 180..<186: [("112", "0304440\(100 + minute - 180)")]
        case 240: (1...4).map { ("113", "030555\($0)\($0)\($0)") }
        case 300..<303: [("114", "00535\(minute)11\(minute % 7)7")]
        // By day: calls within the country, and some to Latvia, by several extensions.
        case 540..<1080:
            minute % 30 == 0
                ? [("\(101 + minute % 4)", "0037167\(100_000 + minute * 7)")]
                : [("\(101 + minute % 9)", "030\(1_000_000 + minute * 997)")]
        default: []
        }
    }
}
