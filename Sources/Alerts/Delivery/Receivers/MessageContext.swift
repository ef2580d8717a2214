public import Base

/// What the texts of messages need to know besides the message.
public struct MessageContext: Sendable {
    /// The address of the pages, such as `https://pbx.example.com:8443`; nil if messages have no links.
    public var pages: String?
    /// The zone of times in texts.
    public var zone: ZoneTable
    /// The name of this machine.
    public var host: String

    /// A context.
    public init(pages: String? = nil, zone: ZoneTable = .utc, host: String = "crm-voip") {
        self.pages = pages.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
        self.zone = zone
        self.host = host
    }

    /// The address of an alert's page; nil if the address of the pages is not configured.
    func link(to alert: Alert) -> String? {
        pages.map { $0 + (alert.path.hasPrefix("/") ? alert.path : "/" + alert.path) }
    }

    /// `10:01`, with the day if it is not that of `reference`.
    func time(_ moment: Moment, besides reference: Moment) -> String {
        let local = civil(moment)
        let clock = "\(local.hour.padded(2)):\(local.minute.padded(2))"
        return local.date == civil(reference).date ? clock : "\(DayText.of(local.date)) \(clock)"
    }

    private func civil(_ moment: Moment) -> CivilTime {
        // The years of four digits.
        let seconds = min(max(moment.wholeSeconds, -62_135_596_800), 253_402_200_000)
        return CivilTime(secondsSince1970: zone.wall(at: seconds))
    }
}
