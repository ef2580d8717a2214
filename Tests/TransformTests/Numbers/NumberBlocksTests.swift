import CallRecords
import Testing

@testable import Transform

@Suite struct NumberBlocksTests {
    /// A block's answer equals libphonenumber's answer for every number, queried one by one.
    @Test(arguments: ["RU", "US", "DE", "GB", "UZ", "AZ", "IT", "BR"])
    func aBlockAnswersAsItsNumbersDo(region: String) throws {
        var random = SeededGenerator(state: 7)
        let plan = try NumberPlan(region: region)
        var blocks = NumberBlocks()
        for _ in 0..<60 {
            // Nine to thirteen digits, as a caller might have, and six numbers in that block.
            let length = Int(random.next(upperBound: 5 as UInt64)) + 5
            let head = (0..<length).map { _ in UInt8(ascii: "0") + UInt8(random.next(upperBound: 10 as UInt64)) }
            let plus = random.next(upperBound: 2 as UInt64) == 0 ? [UInt8(ascii: "+")] : []
            for _ in 0..<6 {
                let tail = (0..<4).map { _ in UInt8(ascii: "0") + UInt8(random.next(upperBound: 10 as UInt64)) }
                (plus + head + tail).withUnsafeBufferPointer { digits in
                    let expected = NumberReading.best(digits, plan: plan)
                    let reading = blocks.reading(digits, plan: plan)
                    #expect(reading?.number == expected?.number, "\(String(decoding: digits, as: UTF8.self))")
                    #expect(reading?.rule == expected?.rule)
                }
            }
        }
    }

    /// Azerbaijan's +994 90 020 XXXX is in use only up to some number.
    @Test func aBlockThatIsNotOfOneKindIsAskedNumberByNumber() throws {
        let plan = try NumberPlan(region: "AZ")
        var blocks = NumberBlocks()
        for number in stride(from: 900_200_000, to: 900_210_000, by: 37) {
            Array("+994\(number)".utf8).withUnsafeBufferPointer { digits in
                #expect(
                    blocks.reading(digits, plan: plan)?.grade == NumberReading.best(digits, plan: plan)?.grade,
                    "\(number)"
                )
            }
        }
    }

    @Test func cacheKeepsTheBusyNumbers() throws {
        let normaliser = NumberNormaliser(plan: try NumberPlan(region: "RU"), capacity: 64)
        let busy = "+79161234567"
        for index in 0..<5_000 {
            _ = normaliser.party("+7916\(1_000_000 + index)", as: .caller)
            #expect(normaliser.party(busy, as: .caller).phoneNumber?.description == busy)
            #expect(normaliser.remembered <= 64)
        }
        #expect(normaliser.remembered > 32)
    }
}
