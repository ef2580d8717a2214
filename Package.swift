// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "crm-voip",
    products: [
        .executable(name: "crm-voip", targets: ["crm-voip"]),
        // Read and understand what a PBX wrote, without a database.
        .library(name: "AsteriskRecords", targets: ["Base", "CallRecords", "Extract", "Transform"]),
        // A client of the Asterisk Manager Interface.
        .library(name: "AsteriskManager", targets: ["Base", "AMI", "Switchboard", "AMIClient"]),
        // The whole application without its command line.
        .library(
            name: "CRMVoIP",
            targets: [
                "Base", "CallRecords", "Switchboard", "AMIClient", "Pipeline", "Reporting", "Configuration", "Services",
            ]
        ),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
        .package(url: "https://github.com/apple/swift-system", from: "1.5.0"),
    ],
    targets: [
        // C libraries. Each target has a module map and what Swift cannot import, nothing else.
        .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CCrypt", providers: [.apt(["libcrypt-dev"])]),
        .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CMariaDB", pkgConfig: "libmariadb", providers: [.apt(["libmariadb-dev"])]),
        .systemLibrary(name: "CXLSXWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
        .systemLibrary(name: "CFileUser"),
        .systemLibrary(name: "CMalloc"),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "CPhoneNumber", linkerSettings: [.linkedLibrary("phonenumber")]),
        .target(name: "CTOML"),

        // The modules, in the order in which data flows through them.
        .target(
            name: "Base",
            dependencies: ["CFileUser", "CMalloc", .product(name: "SystemPackage", package: "swift-system")],
            plugins: ["EmbedSQL"]
        ),
        .target(name: "CallRecords", dependencies: ["Base"]),
        .target(name: "Postgres", dependencies: ["Base", "CLibPQ"]),
        .target(name: "MariaDB", dependencies: ["Base", "CMariaDB"]),
        .target(name: "Extract", dependencies: ["Base", "CallRecords", "MariaDB", "Postgres", "CZlib"]),
        .target(name: "Transform", dependencies: ["Base", "CallRecords", "CPhoneNumber"]),
        .target(
            name: "Warehouse",
            dependencies: [
                "Base", "Postgres",
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            plugins: ["EmbedSQL"]
        ),
        .target(name: "Load", dependencies: ["Base", "CallRecords", "Postgres", "Warehouse"]),
        .target(
            name: "Pipeline",
            dependencies: ["Base", "CallRecords", "Extract", "Load", "MariaDB", "Postgres", "Transform"]
        ),
        .target(
            name: "Reporting",
            dependencies: ["Base", "CXLSXWriter", "Postgres"],
            plugins: ["EmbedSQL"]
        ),

        // The live PBX.
        .target(name: "AMI", dependencies: ["Base"]),
        .target(name: "Switchboard", dependencies: ["Base", "CallRecords"]),
        .target(
            name: "AMIClient",
            dependencies: [
                "Base", "AMI", "CallRecords", "Switchboard",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "NIOTLS", package: "swift-nio"),
            ]
        ),

        // Alerts: rules, the machine that decides what fires, the spool and its receivers.
        .target(
            name: "Alerts",
            dependencies: [
                "Base", "CallRecords", "CCrypto", "Switchboard",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ]
        ),

        // The functions of the application, for every front end: a request in, a result out.
        .target(name: "Configuration", dependencies: ["Base", "CTOML"]),
        .target(
            name: "Services",
            dependencies: [
                "Alerts", "AMI", "AMIClient", "Base", "CallRecords", "Configuration", "Extract", "Load", "MariaDB",
                "Pipeline",
                "Postgres", "Reporting", "Switchboard", "Transform", "Warehouse",
                .product(name: "Logging", package: "swift-log"),
            ]
        ),

        // HTTP: pages, JSON, events and metrics for the results of Services.
        .target(
            name: "Serve",
            dependencies: [
                "Alerts", "AMIClient", "Base", "CallRecords", "CCrypt", "Configuration", "Pipeline", "Reporting",
                "Services", "Switchboard",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            plugins: ["EmbedSQL"]
        ),

        // The command line.
        .executableTarget(
            name: "crm-voip",
            dependencies: [
                "Alerts", "AMI", "AMIClient", "Base", "CallRecords", "Configuration", "Extract", "Load", "Pipeline",
                "Reporting", "Serve",
                "Services", "Switchboard", "Transform", "Warehouse",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ]
        ),

        // Tests: one folder for each target, and the built program.
        .testTarget(name: "ConfigurationTests", dependencies: ["Base", "Configuration"]),
        .testTarget(
            name: "ServicesTests",
            dependencies: [
                "Alerts",
                "AMIClient", "Base", "CallRecords", "Configuration", "Pipeline", "Services", "Switchboard",
                "TestSupport",
                "Transform",
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "Base",
                "crm-voip", "DemoCentre", "Postgres", "TestSupport",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Subprocess", package: "swift-subprocess"),
            ],
            exclude: ["Browser", "Cases", "Snapshots", "Streams"]
        ),

        // sql/, reports/, languages/ and web/ become part of the binary, so that there is only one file to install.
        .executableTarget(name: "embed-sql"),
        .plugin(name: "EmbedSQL", capability: .buildTool(), dependencies: ["embed-sql"]),

        // The demo: a fictional call centre, and its true figures.
        .target(name: "DemoCentre", dependencies: ["Base"], path: "Demo/Centre"),
        .executableTarget(name: "demo-centre", dependencies: ["Base", "DemoCentre"], path: "Demo/Program"),

        // Tests. TestSupport runs throw-away servers, and has reproducible random numbers.
        .target(
            name: "TestSupport",
            dependencies: ["Base", "Postgres"],
            path: "Tests/TestSupport",
            exclude: ["Asterisk"]
        ),
        .testTarget(name: "CPhoneNumberTests", dependencies: ["CPhoneNumber"]),
        .testTarget(name: "CallRecordsTests", dependencies: ["Base", "CallRecords", "TestSupport"]),
        .testTarget(
            name: "ExtractTests",
            dependencies: ["Base", "CallRecords", "Extract", "MariaDB", "Postgres", "TestSupport", "Transform"]
        ),
        .testTarget(
            name: "LoadTests",
            dependencies: [
                "Base", "CallRecords", "Extract", "Load", "Pipeline", "Postgres", "TestSupport", "Transform",
                "Warehouse",
            ]
        ),
        .testTarget(name: "BaseTests", dependencies: ["Base", "TestSupport"]),
        .testTarget(
            name: "PipelineTests",
            dependencies: ["Base", "CallRecords", "Extract", "Pipeline", "TestSupport", "Transform"]
        ),
        .testTarget(name: "TransformTests", dependencies: ["Base", "CallRecords", "TestSupport", "Transform"]),
        .testTarget(name: "PostgresTests", dependencies: ["Base", "Postgres", "TestSupport"]),
        .testTarget(
            name: "IntegrationTests",
            dependencies: [
                "Base",
                "CallRecords", "Configuration", "Extract", "Load", "MariaDB", "Pipeline", "Postgres", "Reporting",
                "Services", "Switchboard", "TestSupport", "Transform", "Warehouse",
            ]
        ),
        .testTarget(name: "MariaDBTests", dependencies: ["Base", "MariaDB", "CallRecords", "Extract", "TestSupport"]),
        .testTarget(
            name: "ReportingTests",
            dependencies: ["Base", "CZlib", "Postgres", "Reporting", "TestSupport", "Warehouse"]
        ),
        .testTarget(name: "AMITests", dependencies: ["Base", "AMI"]),
        // Delivers alerts until AlertsTests kill it.
        .executableTarget(
            name: "delivery-drill",
            dependencies: ["Alerts", "Base", .product(name: "Logging", package: "swift-log")],
            path: "Tests/DeliveryDrill"
        ),
        .testTarget(
            name: "AlertsTests",
            dependencies: [
                "Alerts", "Base", "CallRecords", "delivery-drill", "Switchboard", "TestSupport",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]
        ),
        .testTarget(
            name: "ServeTests",
            dependencies: [
                "Alerts",
                "Base", "CallRecords", "Configuration", "Reporting", "Serve", "Services", "Switchboard", "TestSupport",
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        .testTarget(name: "SwitchboardTests", dependencies: ["Base", "Switchboard", "TestSupport"]),
        .testTarget(
            name: "AMIClientTests",
            dependencies: [
                "AMIClient", "AMI", "Base", "Switchboard", "TestSupport",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            exclude: ["Sessions"]
        ),
        .testTarget(
            name: "LiveTests",
            dependencies: [
                "Base",
                "CallRecords", "crm-voip", "Extract", "AMIClient", "AMI", "Pipeline", "Postgres", "Reporting",
                "Switchboard", "TestSupport", "Transform", "Warehouse",
            ]
        ),
        .testTarget(name: "WarehouseTests", dependencies: ["Postgres", "Warehouse", "TestSupport"]),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)

// One set of rules for every Swift target.
let cTargets: Set = ["CPhoneNumber", "CTOML"]
let swiftTypes: Set<Target.TargetType> = [.regular, .executable, .test]
for target in package.targets where swiftTypes.contains(target.type) && !cTargets.contains(target.name) {
    var settings = target.swiftSettings ?? []
    settings += [
        // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0335-existential-any.md
        .enableUpcomingFeature("ExistentialAny"),
        // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0444-member-import-visibility.md
        .enableUpcomingFeature("MemberImportVisibility"),
        // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0409-access-level-on-imports.md
        .enableUpcomingFeature("InternalImportsByDefault"),
        // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0461-async-function-isolation.md
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    ]
    target.swiftSettings = settings
}
