import Base
import CallRecords
import Testing

struct FileMapTests {
    /// Three parts of a file of 30,000 bytes, with starts of 100…199, 200…299 and 300…399.
    private static let content = (0..<30_000).map { UInt8(truncatingIfNeeded: $0 / 7) }
    private static let file = FileIdentity(device: 1, inode: 2, size: 30_000, modified: 5)

    private static func bytes(_ content: [UInt8]) -> (Int64, Int) -> [UInt8] {
        { offset, count in Array(content[min(content.count, Int(offset))..<min(content.count, Int(offset) + count)]) }
    }

    private static func map(isBeginningUnread: Bool = false) -> FileMap {
        var map = FileMap(
            file: file,
            zone: "UTC",
            head: FileMap.hash(before: FileMap.checkedBytes, bytes(content)),
            isBeginningUnread: isBeginningUnread
        )
        for number in 1...3 as ClosedRange<Int64> {
            let end = FilePosition(offset: number * 10_000, line: number * 100)
            let hash = FileMap.hash(before: end.offset, bytes(content))
            map.append(
                FileMap.Part(
                    end: end,
                    earliest: Moment(seconds: number * 100),
                    latest: Moment(seconds: number * 100 + 99),
                    hash: hash
                )
            )
        }
        return map
    }

    @Test(
        arguments: [
            // From, to, and the offset where the window may begin.
            (0, nil, 0), (199, nil, 0), (200, nil, 10_000), (299, nil, 10_000), (300, nil, 20_000), (399, nil, 20_000),
            (400, nil, 30_000), (0, 100, 30_000), (0, 101, 0), (150, 160, 0), (250, 260, 10_000),
        ] as [(Int64, Int64?, Int64)]
    )
    func `a window begins with the first part that may hold a record of it`(from: Int64, to: Int64?, offset: Int64) {
        let window = TimeWindow(from: Moment(seconds: from), to: to.map { Moment(seconds: $0) })
        #expect(Self.map().beginning(of: window)?.offset == offset)
    }

    @Test func `everything before a window keeps its parts and lines`() {
        let window = TimeWindow(from: Moment(seconds: 300))
        #expect(Self.map().outside(window).parts.map(\.end.offset) == [10_000, 20_000])
        #expect(Self.map().beginning(of: window)?.line == 200)
    }

    @Test func `an unread beginning cannot be requested`() {
        let map = Self.map(isBeginningUnread: true)
        #expect(map.beginning(of: TimeWindow(from: Moment(seconds: 150))) == nil)
        #expect(map.beginning(of: TimeWindow(from: Moment(seconds: 200)))?.offset == 10_000)
    }

    @Test func `a map describes its file, and the same file with something appended`() {
        let map = Self.map()
        #expect(map.describes(Self.file, bytes: Self.bytes(Self.content)))
        var grown = Self.file
        (grown.size, grown.modified) = (40_000, 6)
        #expect(map.describes(grown, bytes: Self.bytes(Self.content + Array(repeating: 1, count: 10_000))))
    }

    @Test(arguments: [
        // Another device, another inode, shorter, and the same length but changed since.
        FileIdentity(device: 9, inode: 2, size: 30_000, modified: 5),
        FileIdentity(device: 1, inode: 9, size: 30_000, modified: 5),
        FileIdentity(device: 1, inode: 2, size: 29_999, modified: 5),
        FileIdentity(device: 1, inode: 2, size: 30_000, modified: 6),
    ])
    func `a map describes no other file`(other: FileIdentity) {
        #expect(!Self.map().describes(other, bytes: Self.bytes(Self.content)))
    }

    @Test(arguments: [0, 4095, 9_999, 15_000, 29_999])
    func `a byte inserted before the end of a part is noticed`(place: Int) {
        var content = Self.content
        content.insert(255, at: place)
        var grown = Self.file
        (grown.size, grown.modified) = (30_001, 6)
        #expect(!Self.map().describes(grown, bytes: Self.bytes(content)))
    }

    @Test func `the parts of a large map are joined, the newest ones least`() {
        var map = FileMap(file: Self.file, zone: "UTC", head: 0)
        for number in 1...2000 as ClosedRange<Int64> {
            let moment = Moment(seconds: number)
            map.append(
                FileMap.Part(
                    end: FilePosition(offset: number, line: nil),
                    earliest: moment,
                    latest: moment,
                    hash: number
                )
            )
        }
        #expect(map.parts.count <= 512)
        #expect(map.parts.last?.end.offset == 2000)
        #expect(map.parts.first?.earliest == Moment(seconds: 1))
        // No moment is lost: every part begins after the previous one.
        #expect(zip(map.parts, map.parts.dropFirst()).allSatisfy { $1.earliest == $0.latest.adding(seconds: 1) })
        #expect(map.beginning(of: TimeWindow(from: Moment(seconds: 1990)))?.offset == 1989)
    }
}
