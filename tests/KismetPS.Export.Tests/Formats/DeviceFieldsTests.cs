using System.Reflection;
using KismetPS.Export.Formats;
using KismetPS.Tracking;
using Xunit;

namespace KismetPS.Export.Tests.Formats;

public sealed class DeviceFieldsTests
{
    [Fact]
    public void The_table_has_every_property_of_the_device_in_its_order()
    {
        IEnumerable<string> properties = typeof(KismetDevice).GetProperties(BindingFlags.Public | BindingFlags.Instance).OrderBy(p => p.MetadataToken).Select(p => p.Name);
        Assert.Equal(properties, DeviceFields.All.Select(f => f.Name));
        Assert.Equal(["Ssids", "ProbedSsids", "Clients", "Security", "Sensors", "Properties"], DeviceFields.All.Skip(DeviceFields.Flat.Count).Select(f => f.Name));
    }

    [Theory]
    [InlineData(typeof(KismetSsid))]
    [InlineData(typeof(KismetSensorSignal))]
    [InlineData(typeof(KismetSecurity))]
    [InlineData(typeof(KismetProperty))]
    public void The_tables_of_details_have_every_property(Type type)
    {
        IEnumerable<string> properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(p => p.Name).Order();
        IEnumerable<string> fields = type == typeof(KismetSsid) ? DetailFields.Ssid.Fields.Select(f => f.Name)
            : type == typeof(KismetProperty) ? DetailFields.Property.Fields.Select(f => f.Name)
            : type == typeof(KismetSecurity) ? DetailFields.Security.Fields.Select(f => f.Name)
            : DetailFields.Sensor.Fields.Select(f => f.Name);
        Assert.Equal(properties, fields.Order());
    }

    [Fact]
    public void A_getter_gives_the_property_of_its_name()
    {
        KismetDevice device = Devices.Random(new Random(3));
        foreach (RecordField<KismetDevice> field in DeviceFields.All)
        {
            Assert.Equal(typeof(KismetDevice).GetProperty(field.Name)!.GetValue(device), field.GetValue(device));
        }
    }
}
