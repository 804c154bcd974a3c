using System.Reflection;

namespace KismetPS.Module.Tests;

/// <summary>A cmdlet as its metadata tells it.</summary>
public sealed class CmdletClass
{
    /// <summary>The set of a parameter that belongs to all sets.</summary>
    public const string AllSets = "__AllParameterSets";

    public CmdletClass(Type type)
    {
        Type = type;
        CustomAttributeData cmdlet = type.CustomAttributes.Single(a => a.AttributeType.Name == "CmdletAttribute");
        Verb = (string)cmdlet.ConstructorArguments[0].Value!;
        Noun = (string)cmdlet.ConstructorArguments[1].Value!;
        SupportsShouldProcess = Named(cmdlet, "SupportsShouldProcess") is true;
        DefaultSet = Named(cmdlet, "DefaultParameterSetName") as string;
        Parameters =
        [
            .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .SelectMany(p => p.CustomAttributes.Where(a => a.AttributeType.Name == "ParameterAttribute").Select(a => new CmdletParameter(p, a))),
        ];
    }

    public Type Type { get; }

    public string Verb { get; }

    public string Noun { get; }

    public string Name => $"{Verb}-{Noun}";

    public bool SupportsShouldProcess { get; }

    public string? DefaultSet { get; }

    public IReadOnlyList<CmdletParameter> Parameters { get; }

    /// <summary>Names of the sets; the set of all where there are no others.</summary>
    public IReadOnlyList<string> Sets
    {
        get
        {
            string[] named = [.. Parameters.Select(p => p.Set).Append(DefaultSet ?? AllSets).Where(s => s != AllSets).Distinct()];
            return named.Length > 0 ? named : [AllSets];
        }
    }

    /// <summary>Types that OutputType names, with the sets it names them for; no sets: all.</summary>
    public IEnumerable<(Type Type, string[] Sets)> Outputs => Type.CustomAttributes
        .Where(a => a.AttributeType.Name == "OutputTypeAttribute")
        .SelectMany(a => Types(a).Select(t => (t, Strings(Named(a, "ParameterSetName")))));

    public IEnumerable<CmdletParameter> InSet(string set) => Parameters.Where(p => p.Set == set || p.Set == AllSets);

    public override string ToString() => Name;

    internal static object? Named(CustomAttributeData attribute, string name) =>
        attribute.NamedArguments.FirstOrDefault(a => a.MemberName == name).TypedValue.Value;

    private static IEnumerable<Type> Types(CustomAttributeData attribute) => attribute.ConstructorArguments
        .SelectMany(a => a.Value is IEnumerable<CustomAttributeTypedArgument> many ? many.Select(m => m.Value) : [a.Value])
        .OfType<Type>();

    private static string[] Strings(object? value) =>
        value is IEnumerable<CustomAttributeTypedArgument> many ? [.. many.Select(m => (string)m.Value!)] : [];
}
