using System.Reflection;

namespace KismetPS.Module.Tests;

/// <summary>A parameter in one of its sets.</summary>
public sealed class CmdletParameter(PropertyInfo property, CustomAttributeData attribute)
{
    public PropertyInfo Property { get; } = property;

    public string Name => Property.Name;

    public Type Type => Property.PropertyType;

    public string Set { get; } = CmdletClass.Named(attribute, "ParameterSetName") as string ?? CmdletClass.AllSets;

    public bool IsMandatory { get; } = CmdletClass.Named(attribute, "Mandatory") is true;

    public bool FromPipeline { get; } = CmdletClass.Named(attribute, "ValueFromPipeline") is true;

    public bool FromPipelineByName { get; } = CmdletClass.Named(attribute, "ValueFromPipelineByPropertyName") is true;

    public int? Position { get; } = CmdletClass.Named(attribute, "Position") as int?;

    public IEnumerable<string> Attributes => Property.CustomAttributes.Select(a => a.AttributeType.Name);

    public IEnumerable<string> Aliases => Property.CustomAttributes
        .Where(a => a.AttributeType.Name == "AliasAttribute")
        .SelectMany(a => (IEnumerable<CustomAttributeTypedArgument>)a.ConstructorArguments[0].Value!)
        .Select(a => (string)a.Value!);
}
