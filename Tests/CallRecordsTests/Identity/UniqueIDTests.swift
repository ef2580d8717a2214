import CallRecords
import Testing

struct UniqueIDTests {
    @Test(
        arguments: [
            ("1795389429.13", 1_795_389_429), ("lab-1795389429.13", 1_795_389_429),
            ("pbx-2-a-1795389429.0", 1_795_389_429),
            ("1795389429.123456789", 1_795_389_429), ("946684800.1", 946_684_800), ("4102444800.1", 4_102_444_800),
        ] as [(String, Int64)]
    )
    func `the instant in an id`(text: String, epoch: Int64) {
        #expect(UniqueID(text)?.epoch == epoch)
    }

    /// Ids supplied over AMI or ARI, and other texts with a dot.
    @Test(arguments: [
        "", "1795389429", "1795389429.", ".13", "1795389429.x", "1795389429.13 ", "x1795389429.13", "946684799.1",
        "4102444801.1", "17953894290.1", "79538942.1", "crm-call-7", "192.168.001.010", "1795389429.1.2",
        "1795389429.1234567890123456789",
    ])
    func `ids without one`(text: String) {
        #expect(UniqueID(text) == nil)
    }
}
