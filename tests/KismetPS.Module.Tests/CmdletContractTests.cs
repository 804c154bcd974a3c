using System.Reflection;
using Xunit;

namespace KismetPS.Module.Tests;

/// <summary>What a reviewer would say of any cmdlet, over all of them.</summary>
public sealed class CmdletContractTests(StagedModule module) : IClassFixture<StagedModule>
{
    private static readonly string[] s_commonParameters =
    [
        "Verbose", "Debug", "ErrorAction", "WarningAction", "InformationAction", "ProgressAction", "ErrorVariable", "WarningVariable",
        "InformationVariable", "OutVariable", "OutBuffer", "PipelineVariable", "WhatIf", "Confirm", "UseTransaction",
        "vb", "db", "ea", "wa", "infa", "proga", "ev", "wv", "iv", "ov", "ob", "pv", "wi", "cf",
    ];

    /// <summary>Verbs that change, start, stop, send or overwrite something, or open a port.</summary>
    private static readonly string[] s_changingVerbs =
        ["Start", "Stop", "Send", "Export", "Connect", "Disconnect", "Set", "Add", "Remove", "Clear", "Register", "Unregister", "Restart", "Suspend", "Resume", "New", "Receive"];

    /// <summary>Names whose meaning the cmdlet gives: of a device, an alert or a message; of a table of devices or a capture; what a server speaks or an export travels by.</summary>
    private static readonly string[] s_typedByCmdlet = ["Protocol", "InputObject", "Type", "Format", "Packet"];

    [Fact]
    public void The_manifest_exports_exactly_the_cmdlets_there_are() =>
        Assert.Equal(module.Cmdlets.Select(c => c.Name).Order(StringComparer.Ordinal), module.ManifestList("CmdletsToExport")!.Order(StringComparer.Ordinal));

    [Fact]
    public void Every_verb_is_approved()
    {
        string[] approved =
        [
            .. new[] { "VerbsCommon", "VerbsCommunications", "VerbsData", "VerbsDiagnostic", "VerbsLifecycle", "VerbsOther", "VerbsSecurity" }
                .Select(PowerShellType)
                .SelectMany(t => t.GetFields(BindingFlags.Public | BindingFlags.Static))
                .Select(f => (string)f.GetRawConstantValue()!),
        ];
        Assert.NotEmpty(approved);
        Assert.Empty(Breaking(c => !approved.Contains(c.Verb)));
    }

    [Fact]
    public void Nouns_are_singular_and_carry_a_prefix() => Assert.Empty(Breaking(c =>
        !(c.Noun.StartsWith("Kismet", StringComparison.Ordinal) || c.Noun.StartsWith("Tzsp", StringComparison.Ordinal) || c.Noun.StartsWith("Dot11", StringComparison.Ordinal))
        || (c.Noun.EndsWith('s') && !c.Noun.EndsWith("ss", StringComparison.Ordinal))));

    [Fact]
    public void Classes_are_sealed_and_named_after_the_cmdlet() => Assert.Empty(Breaking(c =>
        !c.Type.IsSealed || !c.Type.IsPublic || c.Type.Name != $"{c.Verb}{c.Noun}Command" || c.Type.Namespace != "KismetPS.PowerShell.Commands"));

    [Fact]
    public void Every_cmdlet_says_what_it_writes_for_sets_it_has()
    {
        Assert.Empty(Breaking(c => !c.Outputs.Any()));
        Assert.Empty(Breaking(c => c.Outputs.Any(o => !o.Type.IsPublic || o.Sets.Except(c.Sets).Any())));
        Assert.Empty(Breaking(c => c.Outputs.All(o => o.Sets.Length > 0) && c.Sets.Except(c.Outputs.SelectMany(o => o.Sets)).Any()));
    }

    [Fact]
    public void What_changes_something_asks() =>
        Assert.Empty(Breaking(c => s_changingVerbs.Contains(c.Verb) != c.SupportsShouldProcess));

    [Fact]
    public void Every_set_takes_something_from_the_pipeline_and_one_thing_by_value() => Assert.Empty(
        from c in module.Cmdlets
        from set in c.Sets
        let byValue = c.InSet(set).Count(p => p.FromPipeline)
        where byValue > 1 || (byValue == 0 && !c.InSet(set).Any(p => p.FromPipelineByName))
        select $"{c}: {set}");

    [Fact]
    public void Positions_are_told_apart_and_the_default_set_exists()
    {
        Assert.Empty(
            from c in module.Cmdlets
            from set in c.Sets
            from position in c.InSet(set).Where(p => p.Position is >= 0).GroupBy(p => p.Position)
            where position.Count() > 1
            select $"{c}: {set} {position.Key}");
        Assert.Empty(Breaking(c => c.Sets.Count > 1 && !c.Sets.Contains(c.DefaultSet)));
    }

    [Fact]
    public void No_parameter_takes_a_common_name_or_is_a_bool()
    {
        Assert.Empty(
            from c in module.Cmdlets
            from p in c.Parameters
            where s_commonParameters.Contains(p.Name, StringComparer.OrdinalIgnoreCase) || p.Aliases.Intersect(s_commonParameters, StringComparer.OrdinalIgnoreCase).Any()
            select $"{c} -{p.Name}");
        Assert.Empty(from c in module.Cmdlets from p in c.Parameters where p.Type.FullName == typeof(bool).FullName select $"{c} -{p.Name}");
    }

    [Fact]
    public void Parameters_of_one_name_have_one_type() => Assert.Empty(
        from p in module.Cmdlets.SelectMany(c => c.Parameters)
        where !s_typedByCmdlet.Contains(p.Name)
        group Bare(p.Type) by p.Name into types
        where types.Distinct().Count() > 1
        select $"-{types.Key}: {string.Join(", ", types.Distinct())}");

    [Fact]
    public void Streams_are_bounded_by_the_same_parameters()
    {
        string[] names = ["Count", "Duration", "IdleTimeout"];
        List<CmdletClass> bounded = [.. module.Cmdlets.Where(c => c.Parameters.Any(p => p.Name == "IdleTimeout"))];
        Assert.NotEmpty(bounded);
        Assert.All(bounded, c => Assert.Contains(c.Type.GetInterfaces(), i => i.Name == "IStreamBounds"));
        Assert.Empty(
            from c in bounded
            from p in c.Parameters
            where names.Contains(p.Name)
            group string.Join(' ', p.Property.CustomAttributes.Where(a => a.AttributeType.Name != "ParameterAttribute")) by p.Name into rules
            where rules.Distinct().Count() > 1
            select rules.Key);
    }

    [Fact]
    public void Array_parameters_have_singular_names() => Assert.Empty(
        from c in module.Cmdlets
        from p in c.Parameters
        where p.Type.IsArray && p.Name.EndsWith('s') && !p.Name.EndsWith("ss", StringComparison.Ordinal)
        select $"{c} -{p.Name}");

    [Fact]
    public void Path_comes_with_literal_path() => Assert.Empty(Breaking(c =>
        c.Parameters.Any(p => p.Name == "Path") && !c.Parameters.Any(p => p.Name == "LiteralPath" && p.Aliases.Contains("PSPath"))));

    [Fact]
    public void A_number_given_as_time_means_seconds() => Assert.Empty(
        from c in module.Cmdlets
        from p in c.Parameters
        where Bare(p.Type) == typeof(TimeSpan).FullName && !p.Attributes.Contains("DurationAttribute")
        select $"{c} -{p.Name}");

    [Fact]
    public void Addresses_sessions_and_the_like_complete_from_live_data()
    {
        string[] names = ["MacAddress", "Bssid", "Ssid", "Vendor", "Session", "Interface", "Channel", "ChannelName", "Field", "Source", "Command", "Id"];
        Assert.Empty(
            from c in module.Cmdlets
            from p in c.Parameters
            where names.Contains(p.Name) && !p.Attributes.Contains("ArgumentCompleterAttribute")
            select $"{c} -{p.Name}");
    }

    [Fact]
    public void Enumerations_and_validated_texts_refuse_null() => Assert.Empty(
        from c in module.Cmdlets
        from p in c.Parameters
        // A client without an access point brings a BSSID that is null; what is written on the command line is refused by the cmdlet.
        where p.Type.IsArray && !p.Attributes.Contains("ValidateNotNullOrEmptyAttribute") && !(p.FromPipelineByName && p.Attributes.Contains("MacAddressInputAttribute"))
        select $"{c} -{p.Name}");

    [Fact]
    public void Every_cmdlet_has_its_Pester_file() =>
        Assert.Empty(Breaking(c => !File.Exists(Path.Combine(Repository.Root, "tests", "Pester", $"{c.Name}.Tests.ps1"))));

    /// <summary>Cmdlets that break a rule.</summary>
    private List<CmdletClass> Breaking(Predicate<CmdletClass> rule) => [.. module.Cmdlets.Where(c => rule(c))];

    private Type PowerShellType(string name)
    {
        Type cmdlet = module.Cmdlets[0].Type;
        while (cmdlet.Assembly == module.Assembly)
        {
            cmdlet = cmdlet.BaseType!;
        }

        return cmdlet.Assembly.GetType($"System.Management.Automation.{name}", throwOnError: true)!;
    }

    private static string Bare(Type type)
    {
        Type element = type.IsArray ? type.GetElementType()! : type;
        return (element.IsGenericType && element.Name == "Nullable`1" ? element.GetGenericArguments()[0] : element).FullName!;
    }
}
