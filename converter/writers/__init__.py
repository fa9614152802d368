"""Writers: one module or package an edition format. Each knows the model and no reader."""
