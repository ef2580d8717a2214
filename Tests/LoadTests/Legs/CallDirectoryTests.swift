import CallRecords
import Testing
import TestSupport

@testable import Load

/// The directory, compared with a model that remembers everything and searches all of it.
struct CallDirectoryTests {
    /// Sets of keys, joined by examining every one.
    private struct Model {
        var callOf: [Int: Int64] = [:]

        mutating func join(_ one: Int64, _ other: Int64) -> Int64 {
            let call = min(one, other)
            for key in callOf.keys where callOf[key] == one || callOf[key] == other { callOf[key] = call }
            return call
        }

        mutating func insert(_ key: Int, _ call: Int64) -> Int64 {
            var call = call
            if let known = callOf[key] { call = join(known, call) }
            callOf[key] = call
            return call
        }
    }

    private static func hash(_ key: Int) -> Hash128 {
        withUnsafeBytes(of: key) { Hash128($0) }
    }

    /// Legs with a uniqueid and a linkedid out of a few, so that everything is joined sooner or later. Keys that the
    /// directory forgets are found as the loader finds them: in the warehouse, or among the evicted keys.
    @Test(arguments: 1...30 as ClosedRange<UInt64>, [2, 5, 40, 10_000])
    func `random legs get the calls that the model gives them`(seed: UInt64, capacity: Int) throws {
        var random = SeededGenerator(seed: seed)
        var directory = CallDirectory(storedUpTo: nil, capacity: capacity)
        var model = Model()
        // The warehouse during the run: the uniqueids of legs, with the calls known at that time.
        var warehouse: [Int: Int64] = [:]
        var aside: [Hash128: Int64] = [:]
        let keys = Int.random(in: 4...200, using: &random)
        var nextBlock: Int64 = 1000
        for _ in 0..<60 {
            for entry in directory.beginBatch() { aside[entry.key] = entry.call }
            let batch = (0..<Int.random(in: 1...6, using: &random)).map { _ in
                (uniqueid: Int.random(in: 0..<keys, using: &random), linkedid: Int.random(in: 0..<keys, using: &random))
            }
            // As LegLoader.lookUpKeys
            for key in batch.flatMap({ [$0.uniqueid, $0.linkedid] }) where directory.call(of: Self.hash(key)) == nil {
                guard directory.mayBeStored(nil) else { continue }
                if let call = warehouse[key] { directory.insert(Self.hash(key), call: call, id: nil, isStored: true) }
                if let call = aside[Self.hash(key)] {
                    directory.insert(Self.hash(key), call: call, id: nil, isStored: false)
                }
            }
            // As LegLoader.assignCalls
            for leg in batch {
                var call = directory.call(of: Self.hash(leg.uniqueid)) ?? directory.call(of: Self.hash(leg.linkedid))
                if call == nil {
                    call = directory.newCall()
                    if call == nil {
                        directory.addBlock(nextBlock)
                        nextBlock += 1000
                        call = directory.newCall()
                    }
                }
                let number = try #require(call)
                let first = directory.insert(Self.hash(leg.uniqueid), call: number, id: nil, isStored: true)
                let joined = directory.insert(Self.hash(leg.linkedid), call: first, id: nil, isStored: false)
                warehouse[leg.uniqueid] = warehouse[leg.uniqueid] ?? joined
                let expected = model.insert(leg.linkedid, model.insert(leg.uniqueid, number))
                #expect(directory.root(joined) == expected, "seed \(seed), capacity \(capacity)")
            }
        }
        // Every call of every leg that was ever written leads to the call in the model.
        for (key, call) in warehouse {
            #expect(directory.root(call) == model.callOf[key], "seed \(seed), capacity \(capacity), key \(key)")
        }
        for (part, whole) in directory.merged { #expect(whole < part) }
    }

    @Test func `all keys of a batch stay while it is processed`() {
        var directory = CallDirectory(storedUpTo: nil, capacity: 3)
        #expect(directory.beginBatch().isEmpty)
        for key in 0..<100 { directory.insert(Self.hash(key), call: Int64(key), id: nil, isStored: true) }
        for key in 0..<100 { #expect(directory.call(of: Self.hash(key)) == Int64(key)) }
    }

    @Test func `only keys that are found nowhere else are set aside`() {
        var directory = CallDirectory(storedUpTo: nil, capacity: 1)
        directory.insert(Self.hash(1), call: 1, id: nil, isStored: true)
        directory.insert(Self.hash(2), call: 1, id: nil, isStored: false)
        // A linkedid first, a leg's uniqueid later.
        directory.insert(Self.hash(3), call: 2, id: nil, isStored: false)
        directory.insert(Self.hash(3), call: 2, id: nil, isStored: true)
        #expect(directory.beginBatch().isEmpty)
        directory.insert(Self.hash(4), call: 4, id: nil, isStored: true)
        let forgotten = directory.beginBatch()
        #expect(forgotten.map(\.key) == [Self.hash(2)])
        #expect(forgotten.map(\.call) == [1])
        #expect(directory.call(of: Self.hash(1)) == nil)
        #expect(directory.mayBeStored(nil))
    }

    @Test func `the warehouse is asked only for ids that it may contain`() throws {
        let id: (Int64) -> UniqueID? = { UniqueID("\($0).1") }
        let empty = CallDirectory(storedUpTo: nil)
        #expect(!empty.mayBeStored(id(1_795_348_800)) && !empty.mayBeStored(nil))
        let filled = CallDirectory(storedUpTo: 1_795_348_800)
        #expect(filled.mayBeStored(id(1_795_348_800)) && filled.mayBeStored(nil))
        // Legs that were loaded in a wrong zone are up to 26 hours off.
        #expect(filled.mayBeStored(id(1_795_348_800 + 26 * 3600)))
        #expect(!filled.mayBeStored(id(1_795_348_801 + 26 * 3600)))
        var forgetful = CallDirectory(storedUpTo: nil, capacity: 1)
        forgetful.insert(Self.hash(1), call: 1, id: id(1_795_348_800), isStored: true)
        _ = forgetful.beginBatch()
        #expect(!forgetful.mayBeStored(id(1_795_348_800)))
        forgetful.insert(Self.hash(2), call: 2, id: id(1_795_348_900), isStored: true)
        _ = forgetful.beginBatch()
        #expect(forgetful.mayBeStored(id(1_795_348_800)))
        #expect(!forgetful.mayBeStored(id(1_795_348_801)))
    }

    @Test func `the directory's own calls are those with numbers from its blocks`() {
        var directory = CallDirectory(storedUpTo: nil)
        directory.addBlock(5000)
        #expect((0..<1000).map { _ in directory.newCall() } == (5000..<6000).map { $0 })
        #expect(directory.newCall() == nil)
        directory.addBlock(8000)
        #expect(directory.newCall() == 8000 && directory.newCall() == 8001)
        #expect(directory.nextID == 8002)
        #expect(directory.isOwn(5999) && directory.isOwn(8001) && !directory.isOwn(6000) && !directory.isOwn(4999))
    }
}
