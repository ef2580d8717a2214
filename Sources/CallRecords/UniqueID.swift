public import Base

/// A channel's uniqueid, `[systemname-]epoch.n`: the instant at which the PBX created the channel, and a counter.
///
/// The epoch is in UTC whatever zone the PBX writes its times in, which makes it evidence for the zone of all other
/// times of the record. (Asterisk, `main/channel_internal_api.c`.) Ids supplied over AMI or ARI have no epoch.
public struct UniqueID: Hashable, Sendable {
    /// Seconds since 1970-01-01 00:00:00 UTC.
    public let epoch: Int64
    /// When the channel was created, in whole seconds.
    public var created: Moment { Moment(seconds: epoch) }
    /// The number of channels that the PBX had created since its start. Within one second, the smaller counter is
    /// older.
    public let counter: Int64

    /// `nil` if the text does not have this form, or names an instant before 2000 or after 2100.
    public init?(parsing text: UnsafeBufferPointer<UInt8>) {
        guard let point = text.lastIndex(of: UInt8(ascii: ".")), point >= 9, point + 1 < text.count else { return nil }
        var cursor = ByteCursor(UnsafeBufferPointer(rebasing: text[(point + 1)...]))
        guard let counter = cursor.digits(1...18), cursor.isAtEnd else { return nil }
        var begin = point
        while begin > 0, text[begin - 1] &- UInt8(ascii: "0") < 10 { begin -= 1 }
        guard begin == 0 || text[begin - 1] == UInt8(ascii: "-") else { return nil }
        var digits = ByteCursor(UnsafeBufferPointer(rebasing: text[begin..<point]))
        guard let epoch = digits.digits(9...10), digits.isAtEnd, 946_684_800...4_102_444_800 ~= epoch else {
            return nil
        }
        self.epoch = epoch
        self.counter = counter
    }

    /// The same, from a string.
    public init?(_ text: String) {
        var text = text
        guard let id = text.withUTF8({ UniqueID(parsing: $0) }) else { return nil }
        self = id
    }
}
