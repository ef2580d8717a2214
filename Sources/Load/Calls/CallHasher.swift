import Base
import CallRecords

/// Distinguishes a changed call from an unchanged one. The customer's CRM contact is not included, because it changes
/// independently.
public struct CallHasher {
    private var scratch: [UInt8] = []

    /// A hasher without any calls yet.
    public init() {}

    mutating func hash(_ call: Call) -> Int64 {
        scratch.removeAll(keepingCapacity: true)
        append(call.startedAt.wholeSeconds)
        append(call.answeredAt?.wholeSeconds ?? .min)
        append(call.endedAt.wholeSeconds)
        append(Int64(call.talk))
        append(Int64(call.legs))
        append(call.ring.map(Int64.init) ?? .min)
        append(call.wait.map(Int64.init) ?? .min)
        append(Int64(call.queueVisits))
        append(Int64(call.transfers))
        append(call.customerNumber.map { Int64($0.digits) } ?? .min)
        append(call.linkedid)
        append(call.direction.rawValue)
        append(call.disposition.rawValue)
        append(call.waitSource?.rawValue)
        append(call.customer)
        append(call.did)
        append(call.extension)
        append(call.agent)
        append(call.queue)
        append(call.recordingfile)
        return scratch.withUnsafeBytes { Int64(bitPattern: Hash128($0).low) }
    }

    /// Preceded by its length; -1 for `nil`.
    private mutating func append(_ text: String?) {
        append(Int64(text?.utf8.count ?? -1))
        if let text { scratch.append(contentsOf: text.utf8) }
    }

    private mutating func append(_ value: Int64) {
        withUnsafeBytes(of: value.littleEndian) { scratch.append(contentsOf: $0) }
    }
}
