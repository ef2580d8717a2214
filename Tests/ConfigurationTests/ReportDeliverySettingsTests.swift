import Base
import Testing

@testable import Configuration

@Suite struct ReportDeliverySettingsTests {
    private static let receivers = """
        [alerts.receivers.leads]
        type = 'sendmail'
        [alerts.receivers.chat]
        type = 'slack'

        """

    @Test func `a delivery has the keys that are set, and else last week as a page and a workbook`() throws {
        let folder = try TemporaryFolder()
        let text = """
            \(Self.receivers)
            [reports.delivery.all]
            reports = ['queues']
            receivers = ['leads']
            [reports.delivery.support]
            reports = ['queues', 'hours']
            window = 'last_month'
            formats = ['csv']
            queue = 'support'
            folder = '/srv/x'
            group = 'leads'
            mode = '0600'
            """
        let settings = try folder.settings(text)
        #expect(try settings.reportDeliveryFaults().isEmpty)
        let all = settings.reportDeliveries
        try #require(all.map(\.name) == ["all", "support"])
        #expect(all[0].window == .lastWeek && all[0].formats == ["html", "xlsx"] && all[0].mode.permissions == 0o640)
        #expect(all[0].queues.isEmpty && all[0].folder == nil && all[0].receivers == ["leads"])
        #expect(all[1].window == .lastMonth && all[1].formats == ["csv"] && all[1].queues == ["support"])
        #expect(all[1].folder == "/srv/x" && all[1].group == "leads" && all[1].mode.permissions == 0o600)
    }

    @Test(arguments: [
        ("receivers = ['leads']", "reports.delivery.x.reports is not set."),
        ("reports = ['queues']", "reports.delivery.x.receivers and folder are not set. Set one of them."),
        (
            "reports = ['queues']\nreceivers = ['chat']",
            "reports.delivery.x.receivers names chat, whose type is slack. "
                + "Reports go to email, sendmail and webhook only."
        ),
        (
            "reports = ['queues']\nreceivers = ['boss']",
            "reports.delivery.x.receivers names boss, but [alerts.receivers.boss] does not exist. Add it."
        ),
        (
            "reports = ['queues']\nfolder = '/srv'\nformats = ['pdf']",
            "reports.delivery.x.formats names pdf. Known: html, xlsx, csv, json."
        ),
        (
            "reports = ['queues']\nreceivers = ['leads']\ngroup = 'leads'",
            "reports.delivery.x.group has no effect without folder. Remove it."
        ),
        (
            "reports = ['queues']\nfolder = '/a'\n[reports.delivery.b]\nreports = ['queues']\nfolder = '/a'",
            "reports.delivery.x.folder is also that of b, and the files have the same names. Name another folder."
        ),
    ])
    func `what cannot be delivered is a fault that names its key`(keys: String, message: String) throws {
        let folder = try TemporaryFolder()
        let settings = try folder.settings("\(Self.receivers)[reports.delivery.x]\n\(keys)\n")
        let faults = try settings.reportDeliveryFaults()
        #expect(faults.count == 1)
        #expect(faults.first.map { "\($0)".contains(message) } == true, "\(faults)")
    }
}
