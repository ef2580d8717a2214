import Base
import FuzzSupport

/// A compiled time zone (RFC 8536), and its results for times at its edges.
@main
struct Program {
    static func main() {
        fuzz { start, count in
            let bytes = Array(UnsafeBufferPointer(start: start, count: count))
            guard let zone = ZoneTable(name: "Test/Zone", tzif: bytes) else { return }
            for time in [Int64.min, -1, 0, 1_700_000_000, Int64.max] {
                _ = zone.wall(at: time / 4)
                _ = zone.resolve(wall: time / 4)
            }
        }
    }
}
